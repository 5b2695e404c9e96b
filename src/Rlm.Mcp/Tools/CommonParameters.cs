namespace Rlm.Mcp.Tools;

/// <summary>Arguments that several tools take, worded once.</summary>
internal static class CommonParameters
{
    public static ToolParameter Budget { get; } = new("budget", ParameterType.Integer, "tokens, 200-20000");

    public static ToolParameter Cursor { get; } = new("cursor", ParameterType.Text, "to go on");

    public static ToolParameter In { get; } = new("in", ParameterType.Text, "path, glob, lang:go, project:X, @set; a & b | c - d");

    public static ToolParameter Session { get; } = new("session", ParameterType.Text, "session id");

    public static ToolParameter As { get; } = new("as", ParameterType.Text, "keep as set @name");

    /// <exception cref="ToolException">The name of the set is none.</exception>
    public static string? SetName(ToolArguments arguments)
    {
        if (arguments.Text("as") is not { } name) return null;
        if (name.StartsWith('@')) name = name[1..];
        return Rlm.Context.Scopes.SetStore.IsName(name) ? name
            : throw new ToolException(ErrorCodes.BadArgument, "as must be a name: a letter, then letters, digits, _ - or ., at most 64 in all", "For example as: \"handlers\".");
    }
}
