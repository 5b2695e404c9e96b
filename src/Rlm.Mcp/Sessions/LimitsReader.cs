using System.Text.Json;
using Rlm.Mcp.Tools;
using Rlm.Recursion.Budget;

namespace Rlm.Mcp.Sessions;

/// <summary>Reads <c>limits</c> of a call.</summary>
internal static class LimitsReader
{
    private const string Names = "calls, tokens, usd, depth, seconds, parallel";

    /// <exception cref="ToolException">An unknown name, or a value that is no number from 0.</exception>
    public static Limits Read(JsonElement limits)
    {
        var read = new Limits();
        foreach (var limit in limits.EnumerateObject())
        {
            if (limit.Value.ValueKind != JsonValueKind.Number || !limit.Value.TryGetDouble(out var value) || !double.IsFinite(value) || value < 0)
                throw new ToolException(ErrorCodes.BadArgument, $"limits.{Rlm.Context.Files.NameEscaping.Escape(limit.Name)} must be a number from 0", $"Known: {Names}.");
            read = limit.Name switch
            {
                "calls" => read with { Calls = Whole(value) },
                "tokens" => read with { Tokens = Whole(value) },
                "usd" => read with { Usd = (decimal)Math.Min(value, 1e9) },
                "depth" => read with { Depth = (int)Math.Min(value, 1_000) },
                "seconds" => read with { Seconds = value },
                "parallel" => read with { Parallel = Math.Max(1, (int)Math.Min(value, 1_000)) },
                _ => throw new ToolException(ErrorCodes.BadArgument, $"limits has no {Rlm.Context.Files.NameEscaping.Escape(limit.Name)}; it takes {Names}"),
            };
        }
        return read;
    }

    private static long Whole(double value) => (long)Math.Min(Math.Floor(value), 1e15);
}
