using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Context;
using Rlm.Context.Binding;
using Rlm.Context.Binding.Compilations;
using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;

namespace Rlm.Benchmarks.Relations;

/// <summary>
/// How right binding without a build is: every name of every project, bound by us and, where the folder builds here, as its own build binds it. A name counts when either side binds it to a
/// symbol that the repository declares.
/// </summary>
internal static class RelationsBenchmark
{
    private const string Usage = "| project | framework | files | load s | names bound | invocations bound | compared | precision | recall | wrong as exact |";

    public static int Run(string folder, IReadOnlyList<string> words)
    {
        var packages = words.Contains("--no-packages") ? "/nowhere" : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        using var store = new ContextStore(new ContextOptions { Root = folder, PackageFolders = [packages], UsesIndex = false });
        var snapshot = store.Current(null, default);
        var binder = new CSharpBinder(store);
        var clock = Stopwatch.StartNew();
        var projects = binder.Projects(snapshot, default);
        Console.Error.WriteLine($"{projects.All.Count} projects read in {clock.Elapsed.TotalMilliseconds:f0} ms");
        Console.Error.WriteLine(Usage + "\n" + string.Concat(Enumerable.Repeat("|---", 10)) + "|");
        var totals = new Tally();
        foreach (var project in projects.All.Where(project => !words.Any(word => !word.StartsWith('-')) || words.Any(word => project.Path.Value.Contains(word, StringComparison.OrdinalIgnoreCase))))
        {
            clock.Restart();
            var ours = binder.Compilation(project, snapshot, default);
            var took = clock.Elapsed.TotalSeconds;
            var truth = words.Contains("--truth") && project.Path.Value.EndsWith(".csproj", StringComparison.Ordinal) ? CompilerTruth.Of(Path.Combine(folder, project.Path.Value), project.Framework.Moniker) : null;
            var tally = Compare(ours, truth, folder, words.Contains("--show"));
            totals.Add(tally);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {project.Path} | {project.Framework.Moniker} | {ours.Trees.Count} | {took:f1} | {tally.Share(tally.Bound, tally.Names)} | {tally.Share(tally.BoundCalls, tally.Calls)} | {tally.Compared}"));
            foreach (var note in BindingLacks.Told([ours.Lacks])) Console.Error.WriteLine("    " + note);
        }
        Console.Error.WriteLine($"all: names {totals.Share(totals.Bound, totals.Names)}, invocations {totals.Share(totals.BoundCalls, totals.Calls)}, {totals.Compared}; working set {Environment.WorkingSet >> 20} MB");
        return 0;
    }

    private static Tally Compare(ProjectCompilation ours, CSharpCompilation? truth, string folder, bool isShown)
    {
        var tally = new Tally();
        var sources = (truth?.SyntaxTrees ?? []).GroupBy(tree => Path.GetRelativePath(folder, tree.FilePath).Replace('\\', '/')).ToDictionary(group => group.Key, group => group.First());
        var own = new HashSet<string>(StringComparer.Ordinal) { ours.Compilation.AssemblyName! };
        own.UnionWith(ours.Compilation.References.OfType<CompilationReference>().Select(reference => reference.Compilation.AssemblyName!));
        foreach (var (path, (tree, _)) in ours.Trees)
        {
            var model = ours.Compilation.GetSemanticModel(tree);
            var names = Meanings(tree, model, tally, own);
            if (!sources.TryGetValue(path.Value, out var other)) continue;
            var wanted = Meanings(other, truth!.GetSemanticModel(other), null, own);
            foreach (var (at, (mine, isExact)) in names)
            {
                var real = wanted.GetValueOrDefault(at).Id;
                if (!isExact || mine is null) continue;
                tally.Ours++;
                if (mine == real) tally.Right++;
                else
                {
                    tally.Wrong++;
                    if (isShown) Console.Error.WriteLine($"      {path}:{tree.GetLineSpan(new(at, 0)).StartLinePosition.Line + 1}: ours {mine}, real {real}");
                }
            }
            foreach (var (at, (real, isExact)) in wanted)
            {
                if (real is null || !isExact) continue;
                tally.Real++;
                if (names.GetValueOrDefault(at) is { Exact: true } found && found.Id == real) tally.Found++;
                else if (isShown) Console.Error.WriteLine($"      {path}:{other.GetLineSpan(new(at, 0)).StartLinePosition.Line + 1}: missed {real}, ours {names.GetValueOrDefault(at)}");
            }
        }
        return tally;
    }

    // By place: the symbol of the repository that a name means, null when it means nothing of it.
    private static Dictionary<int, (string? Id, bool Exact)> Meanings(SyntaxTree tree, SemanticModel model, Tally? tally, HashSet<string> own)
    {
        var found = new Dictionary<int, (string?, bool)>();
        foreach (var name in tree.GetRoot().DescendantNodes(descendIntoTrivia: false).OfType<SimpleNameSyntax>())
        {
            if (name.Identifier.IsMissing || name.Identifier.ValueText is "var" or "nameof" or "_" or "dynamic" or "unmanaged" or "notnull" or "field" or "value") continue;
            var meaning = NodeMeaning.OfName(name, model, default);
            var isCall = name.Parent is InvocationExpressionSyntax || name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Name == name && call.Expression == access;
            if (tally is not null)
            {
                tally.Names++;
                if (meaning.IsExact) tally.Bound++;
                if (isCall) tally.Calls++;
                if (isCall && meaning.IsExact) tally.BoundCalls++;
            }
            var symbol = meaning.Symbols.Count > 0 ? SymbolIdentity.Definition(meaning.Symbols[0]) : null;
            if (symbol is null or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ILabelSymbol or INamespaceSymbol or ITypeParameterSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction }) continue;
            found[name.SpanStart] = (own.Contains(symbol.ContainingAssembly?.Name ?? "") ? $"{symbol.ContainingAssembly!.Name}|{symbol.GetDocumentationCommentId()}" : null, meaning.IsExact);
        }
        return found;
    }

    private sealed class Tally
    {
        public long Names, Bound, Calls, BoundCalls, Ours, Right, Wrong, Real, Found;

        public string Compared => Real == 0 ? "- | - | - | - |" : string.Create(CultureInfo.InvariantCulture, $"{Real} | {(double)Right / Math.Max(1, Ours):f4} | {(double)Found / Real:f4} | {(double)Wrong / Math.Max(1, Ours):p2} |");

        public string Share(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{(double)part / Math.Max(1, whole):f4} of {whole}");

        public void Add(Tally other) => (Names, Bound, Calls, BoundCalls, Ours, Right, Wrong, Real, Found) =
            (Names + other.Names, Bound + other.Bound, Calls + other.Calls, BoundCalls + other.BoundCalls, Ours + other.Ours, Right + other.Right, Wrong + other.Wrong, Real + other.Real, Found + other.Found);
    }
}
