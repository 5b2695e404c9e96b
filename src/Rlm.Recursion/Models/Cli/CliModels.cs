namespace Rlm.Recursion.Models.Cli;

/// <summary>Command-line agents as models.</summary>
internal static class CliModels
{
    /// <summary>The model of an agent.</summary>
    public static Model Create(ModelSpec spec, CliHost? host, RecursionOptions options) => throw new RecursionException("not_available", $"{spec} {host} {options}", "");
}
