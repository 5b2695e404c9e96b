using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Name,
    Number,
    Text,
    Format,
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
}
