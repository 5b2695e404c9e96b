using System.Formats.Tar;
using System.IO.Compression;

namespace Rlm.Benchmarks.Quality;

/// <summary>The files of a pinned repository state: fetched once as GitHub's tarball into the user's cache folder.</summary>
internal static class PinnedFolder
{
    /// <summary>The folder with the files.</summary>
    /// <exception cref="IOException">It is not there and cannot be fetched; the message says how to give a folder instead.</exception>
    public static string Of(GoldenFile file)
    {
        var cache = Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "rlm-mcp-bench");
        var folder = Path.Join(cache, $"{file.Name}-{file.Commit[..12]}");
        if (Directory.Exists(folder)) return folder;
        Directory.CreateDirectory(cache);
        var work = Directory.CreateDirectory(folder + $".{Environment.ProcessId}").FullName;
        try
        {
            Console.Error.WriteLine($"fetching {file.Repository} at {file.Commit[..8]} …");
            FetchAsync(file, work).GetAwaiter().GetResult();
            Directory.Move(Directory.GetDirectories(work).Single(), folder); // whole or not at all: a cut download never gets this name
            return folder;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException or InvalidDataException)
        {
            throw new IOException($"{file.Repository} cannot be fetched ({fault.Message}). Check out commit {file.Commit} yourself and say --repo {file.Name} FOLDER.", fault);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task FetchAsync(GoldenFile file, string work)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        await using var packed = await client.GetStreamAsync(new Uri($"https://codeload.github.com/{file.Repository}/tar.gz/{file.Commit}"));
        await using var tar = new GZipStream(packed, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(tar, work, overwriteFiles: false);
    }
}
