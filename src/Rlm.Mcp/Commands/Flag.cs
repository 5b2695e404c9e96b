namespace Rlm.Mcp.Commands;

/// <summary>How many values a flag has.</summary>
internal enum FlagKind
{
    /// <summary>None: there or not (<c>--offline</c>, also <c>--offline=false</c>).</summary>
    Switch,
    /// <summary>One; the last one given counts.</summary>
    Value,
    /// <summary>Any number, by repeating the flag.</summary>
    List,
}

/// <summary>One thing that the operator may decide, in <see cref="OperatorFlags"/>.</summary>
/// <param name="Name">With its dashes: <c>--max-file</c>.</param>
/// <param name="Kind">How many values it has.</param>
/// <param name="ValueName">What help calls the value: <c>DIR</c>; empty for a switch.</param>
/// <param name="Description">One line of help.</param>
internal sealed record Flag(string Name, FlagKind Kind, string ValueName, string Description)
{
    /// <summary>As texts show it: <c>--max-file MB</c>.</summary>
    public string Usage => Kind == FlagKind.Switch ? Name : $"{Name} {ValueName}";
}
