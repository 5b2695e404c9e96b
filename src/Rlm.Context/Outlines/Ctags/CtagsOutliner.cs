using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Outlines.AstGrep;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Outlines.Ctags;

/// <summary>
/// Outlines through Universal Ctags where ast-grep is not installed, for the languages that it reads well. One process for a batch; texts go in by stdin, so nothing is written, and
/// no options of a file or the environment are read.
/// </summary>
internal sealed partial class CtagsOutliner(CtagsProgram program) : IBatchProvider
{
    private const int MostBytes = 3_000_000;

    public string Name => "ctags";

    public string Way => program.Way + " 1";

    public bool IsRefused => program.IsRefused;

    public bool Knows(string language) => CtagsKinds.Knows(language);

    public bool IsUsable() => program.Mode is not null;

    /// <summary>The arguments; the first must be the one that forbids all options of others.</summary>
    public static IReadOnlyList<string> Arguments(string mode) => ["--options=NONE", "--sort=no", "--fields=NneKs", mode];

    public IReadOnlyList<ProviderAnswer> Outline(IReadOnlyList<OutlineItem> items, CancellationToken cancellationToken)
    {
        var runs = new BatchRuns<byte[]>(items.Count, text => text.Length, (batch, fill) => Run(items, batch, fill, cancellationToken));
        for (var place = 0; place < items.Count; place++)
            if (string.IsNullOrWhiteSpace(items[place].Text.Text)) runs.Answer(place, new(new(Name, []), null));
            else if (items[place].Language == "ruby" && Endless().IsMatch(items[place].Text.Text)) runs.Answer(place, new(null, "methods without end"));
            else if (Encoding.UTF8.GetBytes(items[place].Text.Text) is { Length: <= MostBytes } bytes) runs.Add(place, bytes);
            else runs.Answer(place, new(null, string.Create(CultureInfo.InvariantCulture, $"over {MostBytes:N0} bytes")));
        return runs.Finish();
    }

    private void Run(IReadOnlyList<OutlineItem> items, List<(int Place, byte[] Text)> batch, Action<int, Outline> fill, CancellationToken cancellationToken)
    {
        var (at, tags) = (0, new List<CtagsTag>());
        var call = new ProviderCall(program.Path, Arguments(program.Mode!), Path.GetPathRoot(program.Path)!, batch.Sum(text => (long)text.Text.Length), stream => Feed(stream, items, batch)) { MayComplain = true };
        ProviderProcess.Run(call, line =>
        {
            var tag = CtagsTag.Read(line);
            if (!tag.IsEnd)
            {
                if (tag.Kind.Length > 0) tags.Add(tag);
                return;
            }
            if (at == batch.Count) throw new ProviderFaultException("garbage");
            var place = batch[at++].Place;
            fill(place, new(Name, SymbolTree.Build(CtagsReader.Read(items[place], tags, cancellationToken))));
            tags.Clear();
        }, cancellationToken);
        if (at < batch.Count) throw new ProviderFaultException("crashed");
    }

    private static void Feed(Stream stream, IReadOnlyList<OutlineItem> items, List<(int Place, byte[] Text)> batch)
    {
        for (var at = 0; at < batch.Count; at++)
        {
            var ending = AstGrepRules.EndingOf(HeaderLanguage.Of(items[batch[at].Place]));
            stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"command\":\"generate-tags\",\"filename\":\"{at}.{ending}\",\"size\":{batch[at].Text.Length}}}\n")));
            stream.Write(batch[at].Text);
        }
        stream.Flush();
    }

    // def size = 1: version 5.9 waits for an end, and gives every later declaration to this one.
    [GeneratedRegex(@"^[ \t]*(?:private |public |protected )?def [^\n=(]+(?:\([^\n]*\))? = ", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Endless();
}
