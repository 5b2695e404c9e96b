using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Reads expressions, by precedence.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private const int MaxNesting = 150, MaxHeight = 5000;
    private int _depth;

    /// <summary>A target of <c>for</c>: one or several, without operators.</summary>
    public Target Targets()
    {
        var line = tokens.Current.Line;
        var items = new List<Expr>();
        var comma = false;
        do
        {
            if (tokens.Current.Is("in")) break;
            items.Add(tokens.Take("*") ? new StarExpr(Operators(6), line) : Operators(6));
            comma = tokens.Current.Is(",");
        }
        while (tokens.Take(","));
        return AsTarget(items.Count == 1 && !comma ? items[0] : new TupleExpr(items, line), "assign to");
    }

    public static Target AsTarget(Expr value, string verb)
    {
        switch (value)
        {
            case NameExpr or AttributeExpr or IndexExpr:
                return (Target)value;
            case TupleExpr tuple:
                return new TupleExpr(Inner(tuple.Items, verb, tuple.Line), tuple.Line);
            case ListExpr list:
                return new ListExpr(Inner(list.Items, verb, list.Line), list.Line);
            case DeepExpr:
                throw new ProgramSyntaxException("the target is nested too deeply", value.Line);
            case StarExpr:
                throw new ProgramSyntaxException("starred assignment target must be in a list or tuple", value.Line);
            default:
                var what = value switch
                {
                    ConstExpr { Value: bool or PyNone } constant => constant.Value is bool truth ? (truth ? "True" : "False") : ((PyNone)constant.Value).Name == "Ellipsis" ? "ellipsis" : "None",
                    ConstExpr => "literal",
                    CallExpr => "function call",
                    FormatExpr => "f-string expression",
                    CompareExpr => "comparison",
                    IfExpr => "conditional expression",
                    LambdaExpr => "lambda",
                    DictExpr => "dict literal",
                    SetExpr => "set display",
                    ComprehensionExpr => "comprehension",
                    WalrusExpr => "named expression",
                    _ => "expression",
                };
                throw new ProgramSyntaxException($"cannot {verb} {what}{(verb == "assign to" && what is not ("True" or "False" or "None" or "ellipsis") ? " here. Maybe you meant '==' instead of '='?" : "")}", value.Line);
        }
    }

    /// <summary>Expressions with commas, some starred: a tuple when there is a comma.</summary>
    public Expr StarList()
    {
        var line = tokens.Current.Line;
        var first = StarOrNamed();
        if (!tokens.Current.Is(",")) return first is StarExpr ? throw new ProgramSyntaxException("can't use starred expression here", line) : first;
        var items = new List<Expr> { first };
        while (tokens.Take(","))
        {
            if (AtListEnd()) break;
            items.Add(StarOrNamed());
        }
        return new TupleExpr(items, line);
    }

    public Expr StarListOrYield()
    {
        if (tokens.Current.Is("yield")) return Yield();
        if (tokens.Current.Is("await")) throw Refuse.Syntax(Refusals.Async, tokens.Current.Line);
        var line = tokens.Current.Line;
        if (!tokens.Current.Is("*")) return StarList();
        var first = StarOrNamed();
        if (!tokens.Current.Is(",")) return first;
        var items = new List<Expr> { first };
        while (tokens.Take(",") && !AtListEnd()) items.Add(StarOrNamed());
        return new TupleExpr(items, line);
    }

    public Expr Named()
    {
        if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead.Is(":=") && !TokenReader.IsKeyword(tokens.Current))
        {
            var name = new NameExpr(tokens.Name(), tokens.Current.Line);
            tokens.Next();
            return new WalrusExpr(name, Expression(), name.Line);
        }
        return Expression();
    }

    public Expr Expression()
    {
        Nest();
        var line = tokens.Current.Line;
        if (tokens.Current.Is("lambda")) return Unnest(Lambda());
        var value = Operators(0);
        if (!tokens.Take("if")) return Unnest(value);
        var test = Operators(0);
        if (!tokens.Take("else")) throw new ProgramSyntaxException("expected 'else' after 'if' expression", line);
        return Unnest(new IfExpr(test, value, Expression(), line));
    }

    /// <summary>An expression without a conditional one: what stands after <c>in</c> and <c>if</c> of comprehensions.</summary>
    public Expr Condition()
    {
        if (tokens.Current.Is("lambda")) return Lambda();
        if (tokens.Current.Kind == TokenKind.Name && tokens.Ahead.Is(":=")) return Named();
        return Operators(0);
    }

    /// <summary>Parameters up to the closing sign, which is left.</summary>
    public List<Parameter> Parameters(string end, bool annotated)
    {
        var parameters = new List<Parameter>();
        bool keywordOnly = false, defaults = false, bareStar = false;
        while (!tokens.Current.Is(end))
        {
            var line = tokens.Current.Line;
            if (parameters.Count > 0 && parameters[^1].Stars == 2) throw tokens.Error();
            if (tokens.Take("/"))
            {
                for (var index = 0; index < parameters.Count; index++) parameters[index] = parameters[index] with { IsPositionalOnly = true };
            }
            else if (tokens.Take("**")) parameters.Add(new(ParameterName(annotated), null, 2, false, false));
            else if (tokens.Take("*"))
            {
                if (keywordOnly) throw new ProgramSyntaxException("* argument may appear only once", line);
                keywordOnly = true;
                if (tokens.Current.Is(",")) bareStar = true;
                else parameters.Add(new(ParameterName(annotated), null, 1, false, false));
            }
            else
            {
                var name = ParameterName(annotated);
                var value = tokens.Take("=") ? Expression() : null;
                if (value is null && defaults && !keywordOnly) throw new ProgramSyntaxException("non-default argument follows default argument", line);
                defaults |= value is not null;
                bareStar = false;
                parameters.Add(new(name, value, 0, keywordOnly, false));
            }
            if (!tokens.Take(",")) break;
        }
        if (bareStar) throw new ProgramSyntaxException("named arguments must follow bare *", tokens.Current.Line);
        return parameters;
    }

    private string ParameterName(bool annotated)
    {
        var name = tokens.Name();
        if (annotated && tokens.Take(":")) Expression();
        return name;
    }

    private static List<Expr> Inner(IReadOnlyList<Expr> items, string verb, int line)
    {
        if (items.Count(item => item is StarExpr) > 1) throw new ProgramSyntaxException("multiple starred expressions in assignment", line);
        return [.. items.Select(item => item is StarExpr star ? new StarExpr(AsTarget(star.Inner, verb), star.Line) : (Expr)AsTarget(item, verb))];
    }

    private YieldExpr Yield()
    {
        var line = tokens.Next().Line;
        if (tokens.Take("from")) return new YieldExpr(Expression(), true, line);
        return new YieldExpr(tokens.AtLineEnd || tokens.Current.Is(")") ? null : StarList(), false, line);
    }

    private bool AtListEnd() => tokens.AtLineEnd || tokens.Current.Kind == TokenKind.Operator && tokens.Current.Text is ")" or "]" or "}" or "=" or ":" || tokens.Current.Is("in");

    private Expr StarOrNamed()
    {
        var line = tokens.Current.Line;
        return tokens.Take("*") ? new StarExpr(Operators(6), line) : Named();
    }

    private LambdaExpr Lambda()
    {
        var line = tokens.Next().Line;
        var parameters = Parameters(":", annotated: false);
        tokens.Expect(":");
        return new LambdaExpr(parameters, Expression(), line);
    }

    // Levels: 0 or, 1 and, 2 not, 3 comparisons, then the binary operators from | to *.
    private Expr Operators(int level) => level switch
    {
        0 => Chain("or", 1),
        1 => Chain("and", 2),
        2 => Not(),
        3 => Comparison(),
        _ => Binary(level),
    };

    private Expr Chain(string word, int next)
    {
        var line = tokens.Current.Line;
        var first = Operators(next);
        if (!tokens.Current.Is(word)) return first;
        var parts = new List<Expr> { first };
        while (tokens.Take(word)) parts.Add(Operators(next));
        return new BoolExpr(word == "and", parts, line);
    }

    private Expr Not()
    {
        if (!tokens.Current.Is("not")) return Operators(3);
        Nest();
        var line = tokens.Next().Line;
        return Unnest(new UnaryExpr("not", Operators(2), line));
    }

    private Expr Comparison()
    {
        var line = tokens.Current.Line;
        var first = Operators(6);
        var rest = new List<(string, Expr)>();
        while (ComparisonSign() is { } sign) rest.Add((sign, Operators(6)));
        return rest.Count == 0 ? first : new CompareExpr(first, rest, line);
    }

    private string? ComparisonSign()
    {
        if (tokens.Current.Kind == TokenKind.Operator) return tokens.Current.Text is "==" or "!=" or "<" or "<=" or ">" or ">=" ? tokens.Next().Text : null;
        if (tokens.Take("in")) return "in";
        if (tokens.Current.Is("not") && tokens.Ahead.Is("in"))
        {
            tokens.Next();
            tokens.Next();
            return "not in";
        }
        if (!tokens.Take("is")) return null;
        return tokens.Take("not") ? "is not" : "is";
    }

    private static int Level(Token token) => token.Kind != TokenKind.Operator ? -1 : token.Text switch
    {
        "|" => 6,
        "^" => 7,
        "&" => 8,
        "<<" or ">>" => 9,
        "+" or "-" => 10,
        "*" or "/" or "//" or "%" or "@" => 11,
        _ => -1,
    };

    private Expr Binary(int least)
    {
        var left = Unary();
        while (Level(tokens.Current) is var level && level >= least)
        {
            var sign = tokens.Next();
            var right = level == 11 ? Unary() : Binary(level + 1);
            left = Deeper(new BinaryExpr(sign.Text, left, right, sign.Line), left, right);
        }
        return left;
    }

    private Expr Unary()
    {
        var sign = tokens.Current;
        if (sign.Kind != TokenKind.Operator || sign.Text is not ("-" or "+" or "~")) return Power();
        Nest();
        tokens.Next();
        var inner = Unary();
        if (inner is ConstExpr { Value: long and not long.MinValue or double } number && sign.Text == "-") return Unnest(new ConstExpr(number.Value is long whole ? Box.Of(-whole) : -(double)number.Value, sign.Line));
        return Unnest(new UnaryExpr(sign.Text, inner, sign.Line));
    }

    private Expr Power()
    {
        if (tokens.Current.Is("await")) throw Refuse.Syntax(Refusals.Async, tokens.Current.Line);
        var left = Postfix();
        if (!tokens.Current.Is("**")) return left;
        var line = tokens.Next().Line;
        Nest();
        return Unnest(new BinaryExpr("**", left, Unary(), line));
    }

    private Expr Postfix()
    {
        var value = new AtomParser(tokens, this).Read();
        while (tokens.Current.Kind == TokenKind.Operator)
        {
            var line = tokens.Current.Line;
            Expr next;
            if (tokens.Take(".")) next = new AttributeExpr(value, tokens.Name(), line);
            else if (tokens.Take("(")) next = new CallExpr(value, new AtomParser(tokens, this).Arguments(), line);
            else if (tokens.Take("[")) next = new IndexExpr(value, Subscript(), line);
            else break;
            value = Deeper(next, value, null);
        }
        return value;
    }

    private Expr Subscript()
    {
        var line = tokens.Current.Line;
        var items = new List<Expr>();
        var comma = false;
        do
        {
            if (tokens.Current.Is("]")) break;
            items.Add(SliceOrValue());
            comma = tokens.Current.Is(",");
        }
        while (tokens.Take(","));
        tokens.Expect("]");
        return items.Count == 0 ? throw new ProgramSyntaxException("invalid syntax", line) : items.Count == 1 && !comma ? items[0] : new TupleExpr(items, line);
    }

    private Expr SliceOrValue()
    {
        var line = tokens.Current.Line;
        if (tokens.Current.Is("*")) return StarOrNamed();
        var start = tokens.Current.Is(":") ? null : Named();
        if (!tokens.Take(":")) return start!;
        var stop = Bound();
        return new SliceExpr(start, stop, tokens.Take(":") ? Bound() : null, line);
    }

    private Expr? Bound() => tokens.Current.Is(":") || tokens.Current.Is("]") || tokens.Current.Is(",") ? null : Expression();

    // Chains of operators and calls nest to the left as far as the program is long; the stack is looked at every so often when they run.
    private static Expr Deeper(Expr made, Expr left, Expr? right)
    {
        made.Height = Math.Max(left.Height, right?.Height ?? 0) + 1;
        if (made.Height > MaxHeight) throw new ProgramSyntaxException("the expression is nested too deeply", made.Line, "RecursionError");
        return made.Height % 40 == 0 ? new DeepExpr(made) { Height = made.Height } : made;
    }

    private void Nest()
    {
        Deep.Check();
        if (++_depth > MaxNesting) throw new ProgramSyntaxException("too many nested parentheses", tokens.Current.Line);
    }

    private Expr Unnest(Expr value)
    {
        _depth--;
        return value;
    }
}
