using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Reads statements, after Python's grammar for 3.11. Expressions are in <see cref="ExpressionParser"/>.</summary>
internal sealed class Parser(TokenReader tokens)
{
    private readonly ExpressionParser _expressions = new(tokens);
    private readonly List<List<string>> _annotated = [];

    /// <exception cref="ProgramSyntaxException">The text is not Python.</exception>
    /// <exception cref="RefusalException">It is, but not of the supported part.</exception>
    public static List<Stmt> Read(string code) => new Parser(new TokenReader(Lexer.Read(code))).Module();

    private List<Stmt> Module()
    {
        var body = new List<Stmt>();
        while (tokens.Current.Kind != TokenKind.End) Statement(body);
        return body;
    }

    private void Statement(List<Stmt> into)
    {
        var first = tokens.Current;
        if (first.Kind == TokenKind.Indent) throw new ProgramSyntaxException("unexpected indent", first.Line, "IndentationError");
        if (first.Kind == TokenKind.Name)
            switch (first.Text)
            {
                case "if":
                    into.Add(If());
                    return;
                case "while":
                    into.Add(While());
                    return;
                case "for":
                    into.Add(For());
                    return;
                case "try":
                    into.Add(Try());
                    return;
                case "def":
                    into.Add(Def([]));
                    return;
                case "class":
                    into.Add(Class([]));
                    return;
                case "with":
                    throw Refuse.Syntax(Refusals.With, first.Line);
                case "async":
                    throw Refuse.Syntax(Refusals.Async, first.Line);
                case "match" when tokens.LineEndsWithColon():
                    throw Refuse.Syntax(Refusals.Match, first.Line);
            }
        if (first.Is("@")) into.Add(Decorated());
        else SimpleLine(into);
    }

    private void SimpleLine(List<Stmt> into)
    {
        do
        {
            if (tokens.Current.Kind == TokenKind.Newline) break;
            into.Add(Simple());
        }
        while (tokens.Take(";"));
        if (tokens.Current.Kind == TokenKind.End) return;
        if (tokens.Current.Kind != TokenKind.Newline) throw tokens.Error();
        tokens.Next();
    }

    private Block Suite(string after, int line)
    {
        tokens.Expect(":");
        var body = new List<Stmt>();
        if (tokens.Current.Kind != TokenKind.Newline) SimpleLine(body);
        else
        {
            tokens.Next();
            if (tokens.Current.Kind != TokenKind.Indent) throw new ProgramSyntaxException($"expected an indented block after {after} on line {line}", tokens.Current.Line, "IndentationError");
            tokens.Next();
            while (tokens.Current.Kind is not (TokenKind.Dedent or TokenKind.End)) Statement(body);
            if (tokens.Current.Kind == TokenKind.Dedent) tokens.Next();
        }
        return new Block(body, line);
    }

    private IfStmt If()
    {
        var line = tokens.Current.Line;
        var branches = new List<(Expr, Block)>();
        do
        {
            var (word, at) = (tokens.Next().Text, tokens.Current.Line);
            branches.Add((_expressions.Named(), Suite($"'{word}' statement", at)));
        }
        while (tokens.Current.Is("elif"));
        return new IfStmt(branches, Else(), line);
    }

    private Block? Else()
    {
        var line = tokens.Current.Line;
        return tokens.Take("else") ? Suite("'else' statement", line) : null;
    }

    private WhileStmt While()
    {
        var line = tokens.Next().Line;
        var test = _expressions.Named();
        tokens.Loops++;
        var body = Suite("'while' statement", line);
        tokens.Loops--;
        return new WhileStmt(test, body, Else(), line);
    }

    private ForStmt For()
    {
        var line = tokens.Next().Line;
        var target = _expressions.Targets();
        tokens.Expect("in");
        var source = _expressions.StarList();
        tokens.Loops++;
        var body = Suite("'for' statement", line);
        tokens.Loops--;
        return new ForStmt(target, source, body, Else(), line);
    }

    private TryStmt Try()
    {
        var line = tokens.Next().Line;
        var body = Suite("'try' statement", line);
        var handlers = new List<Handler>();
        while (tokens.Current.Is("except")) handlers.Add(Except());
        for (var index = 0; index < handlers.Count - 1; index++)
            if (handlers[index].Type is null) throw new ProgramSyntaxException("default 'except:' must be last", handlers[index].Line);
        var otherwise = handlers.Count > 0 ? Else() : null;
        var at = tokens.Current.Line;
        var last = tokens.Take("finally") ? Suite("'finally' statement", at) : null;
        if (handlers.Count == 0 && last is null) throw new ProgramSyntaxException("expected 'except' or 'finally' block", tokens.Current.Line);
        return new TryStmt(body, handlers, otherwise, last, line);
    }

    private Handler Except()
    {
        var line = tokens.Next().Line;
        if (tokens.Current.Is("*")) throw Refuse.Syntax(Refusals.ExceptStar, line);
        Expr? type = null;
        NameExpr? name = null;
        if (!tokens.Current.Is(":"))
        {
            type = _expressions.Expression();
            if (tokens.Current.Is(",")) throw new ProgramSyntaxException("multiple exception types must be parenthesized", line);
            if (tokens.Take("as")) name = new NameExpr(tokens.Name(), line);
        }
        return new Handler(type, name, Suite("'except' statement", line), line);
    }

    private Stmt Decorated()
    {
        var decorators = new List<Expr>();
        while (tokens.Take("@"))
        {
            decorators.Add(_expressions.Named());
            tokens.EndLine();
        }
        if (tokens.Current.Is("async")) throw Refuse.Syntax(Refusals.Async, tokens.Current.Line);
        return tokens.Current.Is("def") ? Def(decorators) : tokens.Current.Is("class") ? Class(decorators) : throw tokens.Error();
    }

    private DefStmt Def(List<Expr> decorators)
    {
        var line = tokens.Next().Line;
        var name = new NameExpr(tokens.Name(), line);
        if (!tokens.Current.Is("(")) throw new ProgramSyntaxException("expected '('", tokens.Current.Line);
        tokens.Next();
        var parameters = _expressions.Parameters(")", annotated: true);
        tokens.Expect(")");
        if (tokens.Take("->")) _expressions.Expression();
        var loops = tokens.Loops;
        tokens.Loops = 0;
        var body = Suite("function definition", line);
        tokens.Loops = loops;
        return new DefStmt(name, parameters, body.Statements, decorators, line);
    }

    private ClassStmt Class(List<Expr> decorators)
    {
        var line = tokens.Next().Line;
        var name = new NameExpr(tokens.Name(), line);
        Expr? parent = null;
        if (tokens.Take("(") && !tokens.Take(")"))
        {
            parent = _expressions.Expression();
            if (!tokens.Current.Is(")")) throw Refuse.Syntax(Refusals.Bases, line);
            tokens.Next();
        }
        _annotated.Add([]);
        var loops = tokens.Loops;
        tokens.Loops = 0;
        var body = Suite("class definition", line);
        tokens.Loops = loops;
        var annotated = _annotated[^1];
        _annotated.RemoveAt(_annotated.Count - 1);
        return new ClassStmt(name, parent, body.Statements, decorators, annotated, line);
    }

    private Stmt Simple()
    {
        var first = tokens.Current;
        if (first.Kind != TokenKind.Name) return ExpressionOrAssignment();
        switch (first.Text)
        {
            case "pass":
                tokens.Next();
                return new JumpStmt(Flow.Next, first.Line);
            case "break" or "continue":
                tokens.Next();
                if (tokens.Loops == 0) throw new ProgramSyntaxException(first.Text == "break" ? "'break' outside loop" : "'continue' not properly in loop", first.Line);
                return new JumpStmt(first.Text == "break" ? Flow.Break : Flow.Continue, first.Line);
            case "return":
                tokens.Next();
                return new ReturnStmt(tokens.AtLineEnd ? null : _expressions.StarList(), first.Line);
            case "raise":
                tokens.Next();
                var raised = tokens.AtLineEnd ? null : _expressions.Expression();
                return new RaiseStmt(raised, raised is not null && tokens.Take("from") ? _expressions.Expression() : null, first.Line);
            case "assert":
                tokens.Next();
                var test = _expressions.Expression();
                return new AssertStmt(test, tokens.Take(",") ? _expressions.Expression() : null, first.Line);
            case "del":
                tokens.Next();
                return new DelStmt([.. TargetList(_expressions.StarList())], first.Line);
            case "import":
                return Import();
            case "from":
                return FromImport();
            case "global" or "nonlocal":
                tokens.Next();
                return new ScopeStmt(first.Text == "global", Names(), first.Line);
            default:
                return ExpressionOrAssignment();
        }
    }

    private static IEnumerable<Target> TargetList(Expr value) => value is TupleExpr tuple ? tuple.Items.Select(item => ExpressionParser.AsTarget(item, "delete")) : [ExpressionParser.AsTarget(value, "delete")];

    private List<string> Names()
    {
        var names = new List<string> { tokens.Name() };
        while (tokens.Take(",")) names.Add(tokens.Name());
        return names;
    }

    private Stmt Import()
    {
        var line = tokens.Next().Line;
        var statements = new List<Stmt>();
        do
        {
            var module = Dotted();
            var name = tokens.Take("as") ? tokens.Name() : module.Split('.')[0];
            if (!HostModules.Has(module)) throw Refuse.Syntax(Refusals.Import, line, module);
            statements.Add(new ImportStmt(module, null, new NameExpr(name, line), line));
        }
        while (tokens.Take(","));
        return BlockStmt.Of(statements, line);
    }

    private Stmt FromImport()
    {
        var line = tokens.Next().Line;
        if (tokens.Current.Is(".") || tokens.Current.Is("...")) throw Refuse.Syntax(Refusals.Import, line, "relative import");
        var module = Dotted();
        tokens.Expect("import");
        if (module == "__future__")
        {
            Names();
            return new JumpStmt(Flow.Next, line);
        }
        if (!HostModules.Has(module)) throw Refuse.Syntax(Refusals.Import, line, module);
        if (tokens.Current.Is("*")) throw Refuse.Syntax(Refusals.StarImport, line);
        var inParentheses = tokens.Take("(");
        var statements = new List<Stmt>();
        do
        {
            if (inParentheses && tokens.Current.Is(")")) break;
            var member = tokens.Name();
            statements.Add(new ImportStmt(module, member, new NameExpr(tokens.Take("as") ? tokens.Name() : member, line), line));
        }
        while (tokens.Take(","));
        if (inParentheses) tokens.Expect(")");
        return BlockStmt.Of(statements, line);
    }

    private string Dotted()
    {
        var name = tokens.Name();
        while (tokens.Take(".")) name += "." + tokens.Name();
        return name;
    }

    private Stmt ExpressionOrAssignment()
    {
        var line = tokens.Current.Line;
        var value = _expressions.StarListOrYield();
        if (tokens.Current.Is("=")) return Assignment(value, line);
        if (tokens.Current.Is(":")) return Annotation(value, line);
        if (tokens.Current.Kind == TokenKind.Operator && tokens.Current.Text.Length > 1 && tokens.Current.Text[^1] == '=' && tokens.Current.Text is not ("==" or "!=" or "<=" or ">=" or ":="))
        {
            var sign = tokens.Next().Text[..^1];
            if (value is TupleExpr or ListExpr) throw new ProgramSyntaxException($"'{(value is TupleExpr ? "tuple" : "list")}' is an illegal expression for augmented assignment", line);
            var target = ExpressionParser.AsTarget(value, "assign to");
            var more = _expressions.StarListOrYield();
            if (more is YieldExpr) throw Refuse.Syntax(Refusals.YieldValue, line);
            return new AugmentedStmt(target, sign, more, line);
        }
        if (value is StarExpr) throw new ProgramSyntaxException("can't use starred expression here", line);
        return new ExpressionStmt(value, line);
    }

    private AssignStmt Assignment(Expr value, int line)
    {
        var targets = new List<Target>();
        while (tokens.Take("="))
        {
            targets.Add(ExpressionParser.AsTarget(value, "assign to"));
            value = _expressions.StarListOrYield();
        }
        if (value is StarExpr) throw new ProgramSyntaxException("can't use starred expression here", line);
        return new AssignStmt(targets, value, line);
    }

    // Hints are read and forgotten; in class bodies their names are kept, in order, for @dataclass.
    private Stmt Annotation(Expr value, int line)
    {
        tokens.Next();
        if (value is not (NameExpr or AttributeExpr or IndexExpr)) throw new ProgramSyntaxException(value is TupleExpr ? "only single target (not tuple) can be annotated" : "illegal target for annotation", line);
        _expressions.Expression();
        if (_annotated.Count > 0 && value is NameExpr { Name: var name }) _annotated[^1].Add(name);
        if (tokens.Take("=")) return new AssignStmt([(Target)value], _expressions.StarListOrYield(), line);
        return value is NameExpr declared ? new DeclaredStmt(declared, line) : new JumpStmt(Flow.Next, line);
    }
}
