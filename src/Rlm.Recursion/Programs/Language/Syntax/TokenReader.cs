using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>The tokens, one after the other.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private static readonly HashSet<string> Keywords = ["False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield"];
    private int _at;

    public Token Current => tokens[_at];

    public Token Ahead => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>How many loops the statement stands in.</summary>
    public int Loops { get; set; }

    public bool AtLineEnd => Current.Kind is TokenKind.Newline or TokenKind.End || Current.Is(";");

    public Token Next() => tokens[_at < tokens.Count - 1 ? _at++ : _at];

    public bool Take(string text)
    {
        if (!Current.Is(text)) return false;
        Next();
        return true;
    }

    public void Expect(string text)
    {
        if (Take(text)) return;
        throw text == ":" && !Current.Is("=") ? new ProgramSyntaxException("expected ':'", Current.Line) : Error();
    }

    public string Name()
    {
        if (Current.Kind != TokenKind.Name || IsKeyword(Current)) throw Error();
        return Next().Text;
    }

    public void EndLine()
    {
        if (Current.Kind != TokenKind.Newline) throw Error();
        Next();
    }

    /// <summary>Whether the current logical line is <c>word expression:</c>, as soft keywords have it.</summary>
    public bool LineEndsWithColon()
    {
        if (Ahead.Kind == TokenKind.Operator && Ahead.Text is not ("(" or "[" or "{" or "-" or "*")) return false;
        var end = _at;
        while (tokens[end].Kind is not (TokenKind.Newline or TokenKind.End)) end++;
        return end > _at + 1 && tokens[end - 1].Is(":") && end + 1 < tokens.Count && tokens[end + 1].Kind == TokenKind.Indent;
    }

    public static bool IsKeyword(Token token) => token.Kind == TokenKind.Name && Keywords.Contains(token.Text);

    public ProgramSyntaxException Error() => Current.Kind == TokenKind.Indent ? new("unexpected indent", Current.Line, "IndentationError") : new("invalid syntax", Current.Line);
}
