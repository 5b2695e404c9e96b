using Rlm.Recursion.Sessions;
using Spectre.Console;

namespace Rlm.Mcp.Commands.Terminal;

/// <summary>How a status looks: a sign and a colour, always beside its word.</summary>
internal static class StatusStyle
{
    public static Style Of(SessionStatus status) => status switch
    {
        SessionStatus.Complete => new(Color.Green),
        SessionStatus.Failed => new(Color.Red),
        SessionStatus.Partial or SessionStatus.Cancelled => new(Color.Yellow),
        _ => Style.Plain,
    };

    public static string Sign(SessionStatus status) => status switch
    {
        SessionStatus.Complete => "✓",
        SessionStatus.Failed => "✗",
        SessionStatus.Partial => "◐",
        SessionStatus.Cancelled => "–",
        SessionStatus.NeedsHost => "◌",
        _ => "…",
    };
}
