using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Rlm.Context.Binding.Projects;

/// <summary>The file of global usings that the SDK would write (<c>ImplicitUsings</c> and <c>Using</c> items).</summary>
internal static class GlobalUsings
{
    private static readonly string[] Base = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
    private static readonly string[] Web = ["System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging"];
    private static readonly string[] Worker = ["Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging"];

    /// <summary>The lines; empty for none.</summary>
    public static string Of(ProjectEvaluator project)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (project.Properties["ImplicitUsings"].ToLowerInvariant() is "enable" or "true")
            foreach (var name in Implicit(project.Sdk)) lines[name] = $"global using global::{name};";
        foreach (var item in project.Items.Where(item => item.Type == "Using"))
        {
            var key = item.Spec;
            if (item.Action == ItemAction.Remove) lines.Remove(key);
            else if (item.Action == ItemAction.Include && IsName(key)) lines[key] = Line(item);
        }
        return lines.Count == 0 ? "" : new StringBuilder().AppendJoin('\n', lines.Values).Append('\n').ToString();
    }

    private static string Line(EvaluatedItem item)
    {
        if (item["Alias"] is { Length: > 0 } alias && SyntaxFacts.IsValidIdentifier(alias)) return $"global using {alias} = global::{item.Spec};";
        return item.Is("Static") ? $"global using static global::{item.Spec};" : $"global using global::{item.Spec};";
    }

    private static bool IsName(string text) => text.Length is > 0 and < 500 && !SyntaxFactory.ParseTypeName(text, consumeFullText: true).ContainsDiagnostics;

    private static IEnumerable<string> Implicit(string sdk) =>
        sdk.StartsWith("Microsoft.NET.Sdk.Web", StringComparison.OrdinalIgnoreCase) ? Base.Concat(Web)
        : sdk.StartsWith("Microsoft.NET.Sdk.Worker", StringComparison.OrdinalIgnoreCase) ? Base.Concat(Worker) : Base;
}
