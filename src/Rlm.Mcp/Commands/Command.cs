namespace Rlm.Mcp.Commands;

/// <summary>One command of the command line: what help says about it and what it does.</summary>
internal abstract class Command
{
    public static readonly Flag Help = new("--help", FlagKind.Switch, "", "show this help"),
        Version = new("--version", FlagKind.Switch, "", "show the version"),
        Json = new("--json", FlagKind.Switch, "", "print the JSON form");

    /// <summary>Its name, then its aliases.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>One line.</summary>
    public abstract string Summary { get; }

    /// <summary>What stands without a flag: <c>PATTERN [IN…]</c>; empty when nothing does.</summary>
    public virtual string Words => "";

    /// <summary>Its own flags, operator's and common ones not included.</summary>
    public virtual IReadOnlyList<Flag> Flags => [];

    /// <summary>Complete lines after the program's name, at least one.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Own flags and the two that every command has.</summary>
    public IReadOnlyList<Flag> AllFlags => [.. Flags, Help, Version];

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="UsageException">Bad usage.</exception>
    public abstract int Run(CommandArguments arguments, OperatorSettings settings, Shell shell);
}
