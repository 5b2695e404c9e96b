namespace Rlm.Context.Relations;

/// <summary>How sure it is that a site means the symbol asked for.</summary>
public enum Certainty
{
    /// <summary>Bound by a compiler.</summary>
    Exact,
    /// <summary>The one declaration that fits, not bound.</summary>
    Candidate,
    /// <summary>An identifier of that name in code, as a lexer or parser of the language sees it.</summary>
    Syntax,
    /// <summary>The word, in a text that was not or could not be read as code.</summary>
    Text,
}
