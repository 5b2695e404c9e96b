using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>A limit that no <c>except</c> of the program may catch.</summary>
internal sealed class LimitException(string type, string message) : EndException(message, 0)
{
    public string Type { get; } = type;
}
