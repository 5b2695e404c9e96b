namespace Rlm.Recursion.Models;

/// <summary>Who answers for sub-agents.</summary>
public enum BackEnd
{
    /// <summary>Anthropic's Messages API.</summary>
    Anthropic,
    /// <summary>OpenAI's Chat Completions API, or a server that speaks it.</summary>
    OpenAi,
    /// <summary>A command-line agent that is logged in on this machine.</summary>
    Cli,
    /// <summary>The client's own model, over the protocol.</summary>
    Sampling,
    /// <summary>Sub-agents of the client.</summary>
    Host,
    /// <summary>No model: ranked, quoted evidence.</summary>
    Extractive,
    /// <summary>The best of those that are there.</summary>
    Auto,
}
