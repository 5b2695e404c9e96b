namespace Rlm.Recursion.Budget;

/// <summary>What a tree of sessions, or a branch of it, may use. Null means no limit of this kind of its own.</summary>
public sealed record Limits
{
    /// <summary>Requests to a model, retries among them.</summary>
    public long? Calls { get; init; }

    /// <summary>Input and output tokens together.</summary>
    public long? Tokens { get; init; }

    /// <summary>Money in US dollars. With it, a model without a known price is refused.</summary>
    public decimal? Usd { get; init; }

    /// <summary>Wall time from the start of the session that they are the limits of; the limits of those above it bind as well.</summary>
    public double? Seconds { get; init; }

    /// <summary>Deepest session allowed: a session that a client opens has depth 0.</summary>
    public int? Depth { get; init; }

    /// <summary>Model calls under way at once.</summary>
    public int? Parallel { get; init; }

    /// <summary>The lower of each; <paramref name="clamped"/> names those of the other that were above these.</summary>
    public Limits Lowered(Limits other, out IReadOnlyList<string> clamped)
    {
        var above = new List<string>();
        T? Lower<T>(string name, T? mine, T? theirs) where T : struct, IComparable<T>
        {
            if (mine is not { } own || theirs is not { } asked) return mine ?? theirs;
            if (asked.CompareTo(own) <= 0) return asked;
            above.Add(name);
            return own;
        }
        var lowered = new Limits
        {
            Calls = Lower("calls", Calls, other.Calls),
            Tokens = Lower("tokens", Tokens, other.Tokens),
            Usd = Lower("usd", Usd, other.Usd),
            Seconds = Lower("seconds", Seconds, other.Seconds),
            Depth = Lower("depth", Depth, other.Depth),
            Parallel = Lower("parallel", Parallel, other.Parallel),
        };
        clamped = above;
        return lowered;
    }
}
