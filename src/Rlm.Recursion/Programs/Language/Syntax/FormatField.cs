using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A part of an f-string: a text, or a value with conversion and format.</summary>
internal sealed record FormatField(string Text, Expr? Value, char Conversion, Expr? Format);
