using System.Diagnostics;
using Rlm.Context.History.Native;

namespace Rlm.Mcp.Hosting;

/// <summary>Has this program try a libgit2 in a child process of its own: a library that does not fit may end that one, and not the server.</summary>
internal static class GitLibraryTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Whether the library did everything right. A third of a second.</summary>
    public static bool Passes(string library)
    {
        if (Program() is not { } program) return false;
        var scratch = Directory.CreateTempSubdirectory("rlm-libgit2-");
        try
        {
            // Under the name of dotnet the program is an argument itself.
            string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(GitLibraryTest).Assembly.Location] : [];
            var start = new ProcessStartInfo(program, [.. self, GitSelfTest.Command, library, scratch.FullName])
            {
                UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = scratch.FullName,
            };
            using var child = Process.Start(start)!;
            child.StandardInput.Close();
            child.OutputDataReceived += (_, _) => { };
            child.ErrorDataReceived += (_, _) => { };
            child.BeginOutputReadLine();
            child.BeginErrorReadLine();
            if (child.WaitForExit(Limit)) return child.ExitCode == 0;
            child.Kill(entireProcessTree: true);
            return false;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            Delete(scratch);
        }
    }

    // This program, also where another one hosts its code.
    private static string? Program()
    {
        var own = Path.ChangeExtension(typeof(GitLibraryTest).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(own) ? own : Environment.ProcessPath;
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A few kilobytes in the folder for temporary files.
        }
    }
}
