namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>What an instruction does.</summary>
internal enum RegexOperation
{
    Character,
    Split,
    Save,
    Assert,
    Match,
}
