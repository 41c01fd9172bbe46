package io.hangupby.example.ownhandler;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Reads callbacks by hand, and responds with their body. */
final class CallbackServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String body = request.getReader().readLine();
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(body);
    }
}
