namespace Rlm.Recursion.Models.Cli;

/// <summary>Command-line agents as models.</summary>
public static class CliModels
{
    private static readonly TimeSpan LoginTime = TimeSpan.FromSeconds(20);

    /// <summary>The model of an agent; nothing is started.</summary>
    /// <exception cref="RecursionException"><c>not_available</c>: no such program here, or we ourselves run inside such an agent.</exception>
    internal static Model Create(ModelSpec spec, CliHost? host, RecursionOptions options)
    {
        if (host is null) throw new RecursionException("not_available", $"{spec} cannot be started here.", "Choose another --model.");
        RefuseNested(spec, host);
        var agent = CliAgent.Of(spec.Model);
        var path = CliProcess.Find(host, agent.Program) ?? throw new RecursionException("not_available", $"{spec} needs the program {agent.Program}, and PATH has none.", $"Install {agent.Program} and log in, or choose another --model.");
        return new(spec.ToString(), new CliClient(host, agent, path)) { HasTools = false, FramingTokens = agent.FramingTokens, Price = KnownPrices.Of(spec, options.Prices) };
    }

    /// <summary>Whether an agent is there and says that it is logged in. Free: no model is asked.</summary>
    /// <param name="name"><c>claude</c>, <c>codex</c> or <c>gemini</c>.</param>
    /// <param name="host">The machine.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>Null when the program is not there or we run inside an agent.</returns>
    public static async Task<bool?> IsLoggedInAsync(string name, CliHost host, CancellationToken cancellationToken)
    {
        var agent = CliAgent.Of(name);
        if (IsNested(host) || CliProcess.Find(host, agent.Program) is not { } path) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LoginTime);
        try
        {
            var config = (agent.ConfigVariable, host.Environment.GetValueOrDefault(agent.ConfigVariable));
            return (await CliProcess.RunAsync(host, [path, .. agent.LoginArguments], [config, .. agent.Variables], agent.Files, "", limit.Token).ConfigureAwait(false)).ExitCode == 0;
        }
        catch (Exception exception) when (exception is ModelFaultException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static bool IsNested(CliHost host) => host.Environment.ContainsKey(CliProcess.DepthMark);

    private static void RefuseNested(ModelSpec spec, CliHost host)
    {
        // An agent whose user has us among its servers would start us, and we it, without end.
        if (IsNested(host)) throw new RecursionException("not_available", $"{spec} is not started from inside another sub-agent.", "Use host or extractive here.");
    }
}
