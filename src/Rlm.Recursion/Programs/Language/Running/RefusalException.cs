using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>The program asked for something declared in <see cref="Refusals"/>. No <c>except</c> catches it: a program that did would go another way than in CPython.</summary>
internal sealed class RefusalException(Refusal refusal, string? detail, int line, bool isSyntax)
    : EndException($"{(detail is null ? refusal.What : $"{refusal.What} ({detail})")} is not supported by the built-in engine. Instead: {refusal.Instead}", line)
{
    public string Type => isSyntax ? "SyntaxError" : "NotImplementedError";
}
