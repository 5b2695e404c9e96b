namespace Rlm.Recursion.Running.Hosting;

/// <summary>What is known of the client that will do the work, by the name it gave at the start.</summary>
/// <param name="HasSubAgents">Whether it can run several at once.</param>
internal sealed record HostClient(bool HasSubAgents)
{
    private static readonly string[] WithSubAgents = ["claude-code", "claude code", "codex", "vscode", "visual studio code"];

    /// <summary>Briefs under way at once.</summary>
    public int Briefs => HasSubAgents ? 8 : 1;

    /// <summary>By the client's name; one that is not known is taken to have none.</summary>
    public static HostClient Of(string? name) => new(name is not null && WithSubAgents.Any(known => name.Contains(known, StringComparison.OrdinalIgnoreCase)));
}
