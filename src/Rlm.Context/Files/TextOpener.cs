using System.Collections.Concurrent;

namespace Rlm.Context.Files;

/// <summary>Opens one file for an answer and words what can go wrong. Line tables of large files are kept for as long as their version lasts.</summary>
internal sealed class TextOpener(RootFolder root, FileReader reader)
{
    private readonly ConcurrentDictionary<RepoPath, LineTable> _tables = new();

    /// <exception cref="ContextException">It cannot be had.</exception>
    public OpenText Open(RepoPath path, Snapshot? snapshot, CancellationToken cancellationToken)
    {
        try
        {
            var read = reader.Read(path);
            if (read.RealPath.Value.Split('/').Contains(".git")) throw GitData(path);
            if (read.IsBinary) throw Binary(path, read.Stamp);
            var language = Languages.OfFileName(path.Name);
            if (read.Text is null) return Large(path, language, snapshot, cancellationToken);
            return new WholeText(path, read.Stamp, language, read.Text) { NotCovered = WhyNotCovered(path, snapshot), ChangedWhileRead = read.Changed };
        }
        catch (RootAccessException fault)
        {
            throw Worded(fault, path, snapshot);
        }
    }

    private LargeOpenText Large(RepoPath path, string language, Snapshot? snapshot, CancellationToken cancellationToken)
    {
        var text = reader.OpenLarge(path, _tables.GetValueOrDefault(path));
        if (text.IsBinary)
        {
            text.Dispose();
            throw Binary(path, text.Stamp);
        }
        var open = new LargeOpenText(path, language, text, cancellationToken) { NotCovered = WhyNotCovered(path, snapshot) };
        _tables[path] = open.Table;
        return open;
    }

    private string? WhyNotCovered(RepoPath path, Snapshot? snapshot) =>
        snapshot is null || snapshot.Find(path) is not null ? null : root.KindOf(path) == EntryKind.Link ? "link" : "ignored, or new since the snapshot";

    private static ContextException Worded(RootAccessException fault, RepoPath path, Snapshot? snapshot) => fault.Fault switch
    {
        RootAccessFault.Secret => PathErrors.Secret(path),
        RootAccessFault.Outside => PathErrors.Outside(path),
        RootAccessFault.NotAFile => new(ContextFault.BadArgument, $"asked {Shown(path)}, which is no regular file", "Ask for a file that map lists."),
        RootAccessFault.NotFound when snapshot is not null => PathErrors.Unknown(path, snapshot),
        RootAccessFault.NotFound => new(ContextFault.UnknownPath, $"asked {Shown(path)}, which is not in the repository", "map() lists what is there."),
        _ => new(ContextFault.NotAvailable, $"asked {Shown(path)}, which the system refuses to open", "Check the permissions of the file."),
    };

    private static ContextException Binary(RepoPath path, FileStamp stamp) =>
        new(ContextFault.BadArgument, $"asked {Shown(path)}, which is binary ({stamp.Bytes:N0} bytes); only text is read", "map() lists the text files.");

    private static ContextException GitData(RepoPath path) =>
        new(ContextFault.UnknownPath, $"asked {Shown(path)}, a link to git's own data, which is no part of the context", "Ask for a file of the work tree.");

    private static string Shown(RepoPath path) => NameEscaping.Escape(path.Value);
}
