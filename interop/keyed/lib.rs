//! Nothing is built here: `make` only asks Cargo where the sources of the dependencies are.
