using Microsoft.Extensions.AI;
using Rlm.Recursion.Models.Cli;

namespace Rlm.Recursion.Models;

/// <summary>What the program knows of a back end's model without reaching it: limits, price, whether it takes tools. For a replay, which must send the same requests.</summary>
internal static class ModelShapes
{
    /// <summary>The model with another client in place of its own; no key, program or connection is needed.</summary>
    public static Model Of(ModelSpec spec, IChatClient client, RecursionOptions options) => spec.BackEnd switch
    {
        BackEnd.Cli => new(spec.ToString(), client) { HasTools = false, FramingTokens = CliAgent.Of(spec.Model).FramingTokens, Price = KnownPrices.Of(spec, options.Prices) },
        BackEnd.Sampling => new(spec.ToString(), client) { HasTools = false },
        _ => ModelFactory.Create(spec, new() { Anthropic = "replay", OpenAi = "replay" }, options) with { Client = client },
    };
}
