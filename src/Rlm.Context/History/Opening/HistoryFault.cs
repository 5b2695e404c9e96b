namespace Rlm.Context.History.Opening;

/// <summary>The one way to say why there is no history.</summary>
internal static class HistoryFault
{
    /// <summary>History cannot be had here.</summary>
    public static ContextException NotAvailable(string why, string? next = null) => new(ContextFault.NotAvailable, $"history was asked, and {why}", next ?? "map, search and read work without it.");
}
