-- Run once, by the first start of the database: a user for drift-status that owns its database and nothing else.
\set password `cat /run/secrets/database-password`
create role drift login password :'password';
create database drift owner drift;
