using System.Globalization;
using Rlm.Recursion.Sessions;

namespace Rlm.Mcp.Commands.Terminal;

/// <summary>What a session and those below it spent, against its limits where it has them.</summary>
internal static class SessionCost
{
    public static string Calls(SessionState state) => state.Limits.Calls is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{state.Spent.Calls:N0} of {most:N0} calls")
        : string.Create(CultureInfo.InvariantCulture, $"{state.Spent.Calls:N0} {(state.Spent.Calls == 1 ? "call" : "calls")}");

    public static string Tokens(SessionState state) => string.Create(CultureInfo.InvariantCulture, $"{state.Spent.Tokens:N0} tokens");

    /// <summary>Null where no price is known and no limit set.</summary>
    public static string? Money(SessionState state) => state.Limits.Usd is { } most ? string.Create(CultureInfo.InvariantCulture, $"{state.Spent.Usd:0.00##} of {most:0.##} USD")
        : state.Spent.Usd > 0 ? string.Create(CultureInfo.InvariantCulture, $"{state.Spent.Usd:0.00##} USD") : null;
}
