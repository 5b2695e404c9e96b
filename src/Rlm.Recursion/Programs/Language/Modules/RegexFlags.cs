namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>Python's flags by their values.</summary>
[Flags]
internal enum RegexFlags
{
    None = 0,
    IgnoreCase = 2,
    Locale = 4,
    MultiLine = 8,
    DotAll = 16,
    Unicode = 32,
    Verbose = 64,
    Debug = 128,
    Ascii = 256,
}
