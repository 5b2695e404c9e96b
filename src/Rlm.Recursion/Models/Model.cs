using Microsoft.Extensions.AI;
using Rlm.Recursion.Budget;

namespace Rlm.Recursion.Models;

/// <summary>A model that can be asked.</summary>
/// <param name="Name">As the operator writes it: <c>anthropic:MODEL</c>.</param>
/// <param name="Client">Sends one request and retries nothing by itself.</param>
public sealed record Model(string Name, IChatClient Client)
{
    /// <summary>Null where it is not known.</summary>
    public Price? Price { get; init; }

    /// <summary>Output tokens that a call may ask for at most.</summary>
    public int OutputLimit { get; init; } = 8_192;

    /// <summary>Whether it takes tools; else answers are JSON in the text.</summary>
    public bool HasTools { get; init; } = true;

    /// <summary>Tokens that the back end itself adds to every request at most, beyond ours: a command-line agent sends instructions of its own.</summary>
    public int FramingTokens { get; init; }

    /// <summary>What an input token that was read from the vendor's prompt cache costs, as a part of <see cref="Price"/>'s input.</summary>
    public decimal CacheReadPart { get; init; } = 1;

    /// <summary>What an input token that was written to the vendor's prompt cache costs, as a multiple of <see cref="Price"/>'s input; at worst all are.</summary>
    public decimal CacheWritePart { get; init; } = 1;

    /// <summary>Longest wait for one call.</summary>
    public TimeSpan CallTime { get; init; } = TimeSpan.FromSeconds(300);
}
