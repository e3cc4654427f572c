//! From the text of a schema to its definitions.
use crate::ast::{
    Body, Category, Condition, Definition, Field, FieldKind, Name, Parameter, Schema, Type,
};
use crate::error::{ErrorKind, Position, SchemaError};
use crate::lexer::{MAX_NESTING, Token, Tokens, tokens};

/// Parses the text of a schema. `source` is what error messages call it, such as its file name.
///
/// # Errors
/// When the text is no schema: the error says what stands where.
pub fn parse(source: &str, text: &str) -> Result<Schema, SchemaError> {
    let Tokens {
        tokens,
        title,
        layer,
    } = tokens(source, text)?;
    let mut parser = Parser {
        source,
        tokens,
        next: 0,
        category: Category::Type,
    };
    let mut definitions = Vec::new();
    while parser.sections()? {
        definitions.push(parser.definition()?);
    }
    Ok(Schema {
        source: source.to_owned(),
        title,
        layer,
        definitions,
    })
}

struct Parser<'a> {
    source: &'a str,
    tokens: Vec<(Token, Position)>,
    next: usize,
    category: Category,
}

type Parsed<T> = Result<T, SchemaError>;

impl Parser<'_> {
    /// The token that comes next. The last one, `End`, is never passed.
    fn peek(&self) -> &Token {
        &self.tokens[self.next].0
    }

    fn peek_second(&self) -> &Token {
        &self.tokens[(self.next + 1).min(self.tokens.len() - 1)].0
    }

    fn position(&self) -> Position {
        self.tokens[self.next].1
    }

    fn advance(&mut self) {
        self.next = (self.next + 1).min(self.tokens.len() - 1);
    }

    fn fail<T>(&self, position: Position, kind: ErrorKind) -> Parsed<T> {
        Err(SchemaError::new(self.source, position, kind))
    }

    fn expected<T>(&self, expected: &'static str) -> Parsed<T> {
        let found = self.peek().to_string();
        self.fail(self.position(), ErrorKind::Expected { expected, found })
    }

    fn take(&mut self, mark: char) -> bool {
        let found = *self.peek() == Token::Mark(mark);
        if found {
            self.advance();
        }
        found
    }

    fn mark(&mut self, mark: char, expected: &'static str) -> Parsed<()> {
        if self.take(mark) {
            Ok(())
        } else {
            self.expected(expected)
        }
    }

    fn word(&mut self, expected: &'static str) -> Parsed<String> {
        let Token::Word(word) = self.peek() else {
            return self.expected(expected);
        };
        let word = word.clone();
        self.advance();
        Ok(word)
    }

    /// Passes section marks; says whether a definition follows.
    fn sections(&mut self) -> Parsed<bool> {
        while let Token::Section(section) = self.peek() {
            self.category = match section.as_str() {
                "types" => Category::Type,
                "functions" => Category::Function,
                _ => return self.fail(self.position(), ErrorKind::UnknownSection(section.clone())),
            };
            self.advance();
        }
        Ok(*self.peek() != Token::End)
    }

    fn definition(&mut self) -> Parsed<Definition> {
        let position = self.position();
        let name = self.name("the name of a definition")?;
        let (id, id_digits) = self.id()?;
        let parameters = self.parameters()?;
        let body = self.body()?;
        self.mark('=', "`=` or a field")?;
        let mut result = self.ty(MAX_NESTING)?;
        // The result of `vector` is written `Vector t`.
        while let (Body::Builtin(_), Token::Word(_)) = (&body, self.peek()) {
            result.arguments.push(self.ty(MAX_NESTING)?);
        }
        self.mark(';', "`;`")?;
        let category = self.category;
        Ok(Definition {
            category,
            name,
            id,
            id_digits,
            parameters,
            body,
            result,
            position,
        })
    }

    fn id(&mut self) -> Parsed<(Option<u32>, usize)> {
        // The `#` of the body `# [ t ]` is no id.
        if !matches!(
            (self.peek(), self.peek_second()),
            (Token::Mark('#'), Token::Word(_))
        ) {
            return Ok((None, 0));
        }
        self.advance();
        let position = self.position();
        let digits = self.word("a constructor id")?;
        match u32::from_str_radix(&digits, 16) {
            Ok(id) if digits.len() <= 8 => Ok((Some(id), digits.len())),
            _ => self.fail(position, ErrorKind::BadId(digits)),
        }
    }

    fn parameters(&mut self) -> Parsed<Vec<Parameter>> {
        let mut parameters = Vec::new();
        while self.take('{') {
            let name = self.word("the name of a type parameter")?;
            self.mark(':', "`:`")?;
            let kind = self.word("`Type`")?;
            self.mark('}', "`}`")?;
            parameters.push(Parameter { name, kind });
        }
        Ok(parameters)
    }

    fn body(&mut self) -> Parsed<Body> {
        let builtin = matches!(
            (self.peek(), self.peek_second()),
            (Token::Mark('?' | '#' | '['), _) | (_, Token::Mark('*'))
        );
        if builtin {
            return self.builtin();
        }
        let mut fields = Vec::new();
        while *self.peek() != Token::Mark('=') {
            fields.push(self.field()?);
        }
        Ok(Body::Fields(fields))
    }

    fn builtin(&mut self) -> Parsed<Body> {
        let mut text = String::new();
        loop {
            let piece = match self.peek() {
                Token::Mark('=') => return Ok(Body::Builtin(text)),
                Token::Word(word) => word.clone(),
                Token::Mark(mark @ ('?' | '#' | '[' | ']' | '*')) => mark.to_string(),
                _ => return self.expected("`=`"),
            };
            let glued = text.is_empty() || piece == "*" || text.ends_with('*');
            text += if glued { "" } else { " " };
            text += &piece;
            self.advance();
        }
    }

    fn field(&mut self) -> Parsed<Field> {
        let position = self.position();
        let name = self.word("a field")?;
        if name.contains('.') || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.fail(position, ErrorKind::BadName(name));
        }
        self.mark(':', "`:` after the name of the field")?;
        if self.take('#') {
            return Ok(Field {
                name,
                kind: FieldKind::Flags,
                position,
            });
        }
        let condition = self.condition()?;
        let ty = self.ty(MAX_NESTING)?;
        Ok(Field {
            name,
            kind: FieldKind::Value { condition, ty },
            position,
        })
    }

    fn condition(&mut self) -> Parsed<Option<Condition>> {
        let (Token::Word(word), Token::Mark('?')) = (self.peek(), self.peek_second()) else {
            return Ok(None);
        };
        let (flags, digits) = word.split_once('.').unwrap_or((word, ""));
        let (flags, digits) = (flags.to_owned(), digits.to_owned());
        let bit = match digits.parse() {
            Ok(bit @ 0..32) => bit,
            _ => return self.fail(self.position(), ErrorKind::BadBit(digits)),
        };
        self.advance();
        self.advance();
        Ok(Some(Condition { flags, bit }))
    }

    fn ty(&mut self, levels: usize) -> Parsed<Type> {
        let Some(levels) = levels.checked_sub(1) else {
            return self.fail(self.position(), ErrorKind::TooDeep);
        };
        let bare = self.take('%');
        let function = self.take('!');
        let name = self.name("a type")?;
        let mut arguments = Vec::new();
        if self.take('<') {
            arguments.push(self.ty(levels)?);
            while self.take(',') {
                arguments.push(self.ty(levels)?);
            }
            self.mark('>', "`>`")?;
        }
        Ok(Type {
            bare,
            function,
            name,
            arguments,
        })
    }

    fn name(&mut self, expected: &'static str) -> Parsed<Name> {
        let position = self.position();
        let word = self.word(expected)?;
        let (namespace, base) = match word.rsplit_once('.') {
            Some((namespace, base)) => (Some(namespace.to_owned()), base),
            None => (None, word.as_str()),
        };
        let starts_well = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic());
        let namespace_is_well = match namespace.as_deref() {
            Some(namespace) => starts_well(namespace) && !namespace.contains('.'),
            None => true,
        };
        if !starts_well(base) || !namespace_is_well {
            return self.fail(position, ErrorKind::BadName(word));
        }
        Ok(Name {
            namespace,
            base: base.to_owned(),
        })
    }
}
