using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A part of an f-string: a text, or an expression's tokens with its conversion (<c>r s a</c> or 0) and format, in which there may be fields again.</summary>
internal sealed record FormatPart(string Text, IReadOnlyList<Token>? Tokens = null, char Conversion = '\0', IReadOnlyList<FormatPart>? Format = null);
