create table customer (id int primary key);
