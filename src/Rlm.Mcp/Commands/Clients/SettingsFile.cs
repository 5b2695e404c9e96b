using System.Text;

namespace Rlm.Mcp.Commands.Clients;

/// <summary>A settings file as it was read.</summary>
/// <param name="Text">Its text without a byte order mark; null when it is not there or cannot be used.</param>
/// <param name="HasMark">It begins with the UTF-8 mark, which is kept.</param>
/// <param name="Target">Where it really is, links resolved.</param>
/// <param name="Problem">Why it cannot be used, or null.</param>
internal sealed record SettingsText(string? Text, bool HasMark, string Target, string? Problem)
{
    /// <summary>The user may not write it: a replacement, which needs a right on the folder only, would pass over that.</summary>
    public bool IsReadOnly { get; init; }
}

/// <summary>
/// Reads and replaces a client's settings file: in one step, with the old one kept beside it, and never through a link that leads out of the folder
/// it belongs to, which a hostile repository may have laid.
/// </summary>
internal static class SettingsFile
{
    private const int MaxBytes = 4 << 20;

    public static SettingsText Read(string file, string folder)
    {
        var target = PathTools.Real(file);
        if (!PathTools.IsBelow(target, folder)) return new(null, false, target, $"a link leads it out of {folder}.");
        try
        {
            if (new FileInfo(target).LinkTarget is not null) return new(null, false, target, "its link leads in a circle.");
            if (!File.Exists(target)) return new(null, false, target, Directory.Exists(target) ? "it is a folder." : null);
            if (new FileInfo(target).Length > MaxBytes) return new(null, false, target, "it is larger than 4 MB.");
            var bytes = File.ReadAllBytes(target);
            var hasMark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(hasMark ? bytes.AsSpan(3) : bytes);
            return new(text, hasMark, target, null) { IsReadOnly = File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly) };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return new(null, false, target, fault is DecoderFallbackException ? "it is not UTF-8." : $"it cannot be read ({fault.Message})");
        }
    }

    /// <summary>Writes the new text and gives the path of the backup, or null when there was nothing to keep.</summary>
    /// <exception cref="IOException">Not possible; the old file stands as it was.</exception>
    public static string? Write(string file, SettingsText before, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(before.Target)!);
        var backup = before.Text is null ? null : Backup(before.Target, file);
        var temporary = $"{before.Target}.{Guid.NewGuid():n}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                if (!OperatingSystem.IsWindows() && before.Text is not null) File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(before.Target));
                if (before.HasMark) stream.Write(Encoding.UTF8.Preamble);
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, before.Target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        return backup;
    }

    // A name that is not taken: an existing backup is somebody's, and may be a link.
    private static string Backup(string target, string file)
    {
        for (var number = 0; ; number++)
        {
            var name = $"{target}.bak{(number == 0 ? "" : number)}";
            if (Path.Exists(name) || new FileInfo(name).LinkTarget is not null) continue;
            File.Copy(target, name, overwrite: false);
            return Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(name));
        }
    }
}
