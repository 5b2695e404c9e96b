using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>Where a name's value is.</summary>
internal enum NamePlace
{
    Slot,
    Cell,
    Global,
    Class,
    ClassThenCell,
}
