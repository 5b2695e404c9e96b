using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Rlm.Recursion.Models.Http;

namespace Rlm.Recursion.Models;

/// <summary>Makes models from what the operator chose.</summary>
public static class ModelFactory
{
    private static readonly Uri AnthropicService = new("https://api.anthropic.com"), OpenAiService = new("https://api.openai.com/v1");

    // Each call has a limit of its own (Model.CallTime), on the clock of the run.
    private static readonly TimeSpan NoLimit = TimeSpan.FromHours(1);

    /// <summary>The model for a back end that has one of its own. Nothing is sent.</summary>
    /// <param name="spec">Anthropic, OpenAI-compatible or a command-line agent.</param>
    /// <param name="keys">What reaching it needs.</param>
    /// <param name="options">Prices, whether the network may be used, the clock.</param>
    /// <exception cref="RecursionException"><c>not_available</c>: no key, offline, or a back end without a model of its own.</exception>
    public static Model Create(ModelSpec spec, ModelKeys keys, RecursionOptions options)
    {
        if (options.Offline && spec.BackEnd is BackEnd.Anthropic or BackEnd.OpenAi or BackEnd.Cli)
            throw new RecursionException("not_available", $"{spec} needs the network, which --offline turns off.", "Leave --offline out, or use host or extractive.");
        return spec.BackEnd switch
        {
            BackEnd.Anthropic => Anthropic(spec, keys, options),
            BackEnd.OpenAi => OpenAi(spec, keys, options),
            BackEnd.Cli => Cli.CliModels.Create(spec, keys.Cli, options),
            _ => throw new RecursionException("not_available", $"{spec} has no model that the server itself could ask.", "Name a model: --model anthropic:MODEL, openai:MODEL or cli:claude."),
        };
    }

    private static Model Anthropic(ModelSpec spec, ModelKeys keys, RecursionOptions options)
    {
        var key = keys.Anthropic is { Length: > 0 } given ? given : throw NoKey(spec, "ANTHROPIC_API_KEY");
        var service = keys.AnthropicUrl ?? AnthropicService;
        var client = new AnthropicClient
        {
            ApiKey = key,
            BaseUrl = service.OriginalString.TrimEnd('/'),
            MaxRetries = 0,
            Timeout = NoLimit,
            HttpClient = ModelHttp.Create(service, key, keys.Proxy, options.Time),
        };
        return new(spec.ToString(), new PromptCaching(client.AsIChatClient(spec.Model))) { Price = KnownPrices.Of(spec, options.Prices), CacheReadPart = 0.1m, CacheWritePart = 1.25m };
    }

    private static Model OpenAi(ModelSpec spec, ModelKeys keys, RecursionOptions options)
    {
        var service = spec.Url ?? keys.OpenAiUrl ?? OpenAiService;
        // Servers of the operator's own mostly want no key; the package insists on one.
        var key = keys.OpenAi is { Length: > 0 } given ? given : service.Host == OpenAiService.Host ? throw NoKey(spec, "OPENAI_API_KEY") : "none";
        var settings = new OpenAIClientOptions
        {
            Endpoint = service,
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = NoLimit,
            Transport = new HttpClientPipelineTransport(ModelHttp.Create(service, key, keys.Proxy, options.Time)),
            EnableDistributedTracing = false,
            ClientLoggingOptions = new() { EnableLogging = false },
        };
        var client = new ChatClient(spec.Model, new ApiKeyCredential(key), settings);
        var limitName = service.Host == OpenAiService.Host ? "max_completion_tokens" : "max_tokens";
        return new(spec.ToString(), new OpenAiClient(client, spec.Model, limitName)) { Price = KnownPrices.Of(spec, options.Prices) };
    }

    private static RecursionException NoKey(ModelSpec spec, string variable) =>
        new("not_available", $"{spec} needs a key, and none is set.", $"Set {variable} in the server's environment, or choose another --model.");
}
