using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Reads what expressions are made of: names, literals, displays, comprehensions, and the arguments of calls.</summary>
internal sealed class AtomParser(TokenReader tokens, ExpressionParser expressions)
{
    public Expr Read()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new ConstExpr(tokens.Next().Value!, token.Line);
            case TokenKind.Text or TokenKind.Format:
                return Text();
            case TokenKind.Name:
                return Name();
            case TokenKind.Operator when token.Text == "(":
                return Parenthesis();
            case TokenKind.Operator when token.Text == "[":
                return List();
            case TokenKind.Operator when token.Text == "{":
                return Braces();
            case TokenKind.Operator when token.Text == "...":
                tokens.Next();
                return new ConstExpr(PyNone.Ellipsis, token.Line);
            default:
                throw tokens.Error();
        }
    }

    /// <summary>After the opening parenthesis of a call, up to and with the closing one.</summary>
    public List<Argument> Arguments()
    {
        var arguments = new List<Argument>();
        while (!tokens.Current.Is(")"))
        {
            arguments.Add(Argument(arguments));
            if (!tokens.Take(",")) break;
        }
        tokens.Expect(")");
        return arguments;
    }

    private Argument Argument(List<Argument> before)
    {
        var line = tokens.Current.Line;
        if (tokens.Take("**")) return new(expressions.Expression(), null, 2);
        if (tokens.Take("*")) return before.Any(argument => argument.Stars == 2) ? throw new ProgramSyntaxException("iterable argument unpacking follows keyword argument unpacking", line) : new(expressions.Expression(), null, 1);
        if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead.Is("="))
        {
            var name = tokens.Name();
            tokens.Next();
            if (before.Any(argument => argument.Name == name)) throw new ProgramSyntaxException($"keyword argument repeated: {name}", line);
            return new(expressions.Expression(), name, 0);
        }
        var value = expressions.Named();
        if (tokens.Current.Is("for"))
        {
            value = Comprehension('(', value, null, line);
            if (before.Count > 0 || !tokens.Current.Is(")")) throw new ProgramSyntaxException("Generator expression must be parenthesized", line);
        }
        if (before.Any(argument => argument.Name is not null)) throw new ProgramSyntaxException("positional argument follows keyword argument", line);
        if (before.Any(argument => argument.Stars == 2)) throw new ProgramSyntaxException("positional argument follows keyword argument unpacking", line);
        return new(value, null, 0);
    }

    private Expr Name()
    {
        var token = tokens.Current;
        switch (token.Text)
        {
            case "None":
                tokens.Next();
                return new ConstExpr(PyNone.Value, token.Line);
            case "True" or "False":
                tokens.Next();
                return new ConstExpr(Box.Of(token.Text == "True"), token.Line);
            case "yield":
                throw Refuse.Syntax(Refusals.YieldValue, token.Line);
            default:
                return new NameExpr(tokens.Name(), token.Line);
        }
    }

    private Expr Text()
    {
        var line = tokens.Current.Line;
        var parts = new List<FormatPart>();
        var isFormat = false;
        while (tokens.Current.Kind is TokenKind.Text or TokenKind.Format)
        {
            var token = tokens.Next();
            isFormat |= token.Kind == TokenKind.Format;
            if (token.Value is string text) parts.Add(new(text));
            else parts.AddRange((IReadOnlyList<FormatPart>)token.Value!);
        }
        return isFormat ? Format(parts, line) : new ConstExpr(string.Concat(parts.Select(part => part.Text)), line);
    }

    private static FormatExpr Format(IReadOnlyList<FormatPart> parts, int line)
    {
        Deep.Check();
        return new([.. parts.Select(part => new FormatField(part.Text, part.Tokens is null ? null : Field(part.Tokens, line), part.Conversion, part.Format is null ? null : Format(part.Format, line)))], line);
    }

    private static Expr Field(IReadOnlyList<Token> tokens, int line)
    {
        var reader = new TokenReader(tokens);
        var value = new ExpressionParser(reader).StarListOrYield();
        if (value is YieldExpr) throw Refuse.Syntax(Refusals.YieldValue, line);
        if (reader.Current.Kind != TokenKind.End) throw new ProgramSyntaxException("f-string: invalid syntax", line);
        return value;
    }

    private Expr Parenthesis()
    {
        var line = tokens.Next().Line;
        if (tokens.Take(")")) return new TupleExpr([], line);
        if (tokens.Current.Is("yield")) throw Refuse.Syntax(Refusals.YieldValue, line);
        var first = Element();
        if (tokens.Current.Is("for"))
        {
            var made = Comprehension('(', first, null, line);
            tokens.Expect(")");
            return made;
        }
        if (!tokens.Current.Is(","))
        {
            tokens.Expect(")");
            return first is StarExpr ? throw new ProgramSyntaxException("cannot use starred expression here", line) : first is TupleExpr or ListExpr ? first : first;
        }
        var items = new List<Expr> { first };
        Rest(items, ")");
        return new TupleExpr(items, line);
    }

    private Expr List()
    {
        var line = tokens.Next().Line;
        if (tokens.Take("]")) return new ListExpr([], line);
        var first = Element();
        if (tokens.Current.Is("for"))
        {
            var made = Comprehension('[', first, null, line);
            tokens.Expect("]");
            return made;
        }
        var items = new List<Expr> { first };
        Rest(items, "]");
        return new ListExpr(items, line);
    }

    private Expr Braces()
    {
        var line = tokens.Next().Line;
        if (tokens.Take("}")) return new DictExpr([], line);
        if (tokens.Current.Is("**")) return Dict([], line);
        var first = Element();
        if (tokens.Take(":"))
        {
            var value = expressions.Expression();
            if (!tokens.Current.Is("for")) return Dict([(first, value)], line);
            var made = Comprehension('{', first, value, line);
            tokens.Expect("}");
            return made;
        }
        if (tokens.Current.Is("for"))
        {
            var made = Comprehension('{', first, null, line);
            tokens.Expect("}");
            return made;
        }
        var items = new List<Expr> { first };
        Rest(items, "}");
        return new SetExpr(items, line);
    }

    private DictExpr Dict(List<(Expr?, Expr)> items, int line)
    {
        while (items.Count == 0 || tokens.Take(","))
        {
            if (tokens.Current.Is("}")) break;
            if (tokens.Take("**"))
            {
                items.Add((null, expressions.Expression()));
                continue;
            }
            var key = expressions.Expression();
            tokens.Expect(":");
            items.Add((key, expressions.Expression()));
        }
        tokens.Expect("}");
        return new DictExpr(items, line);
    }

    private Expr Element()
    {
        var line = tokens.Current.Line;
        return tokens.Take("*") ? new StarExpr(expressions.Expression(), line) : expressions.Named();
    }

    private void Rest(List<Expr> items, string end)
    {
        while (tokens.Take(","))
        {
            if (tokens.Current.Is(end)) break;
            items.Add(Element());
        }
        if (!tokens.Current.Is(end) && tokens.Current.Kind is not (TokenKind.Newline or TokenKind.End)) throw new ProgramSyntaxException("invalid syntax. Perhaps you forgot a comma?", tokens.Current.Line);
        tokens.Expect(end);
    }

    private ComprehensionExpr Comprehension(char kind, Expr element, Expr? value, int line)
    {
        if (element is StarExpr) throw new ProgramSyntaxException("iterable unpacking cannot be used in comprehension", line);
        var clauses = new List<ComprehensionClause>();
        while (tokens.Take("for"))
        {
            var target = expressions.Targets();
            tokens.Expect("in");
            var source = expressions.Condition();
            var tests = new List<Expr>();
            while (tokens.Take("if")) tests.Add(expressions.Condition());
            clauses.Add(new(target, source, tests));
        }
        if (tokens.Current.Is("async")) throw Refuse.Syntax(Refusals.Async, line);
        return new ComprehensionExpr(kind, element, value, clauses, line);
    }
}
