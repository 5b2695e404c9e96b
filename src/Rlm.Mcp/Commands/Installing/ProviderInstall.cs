using Rlm.Context.Outlines.AstGrep;

namespace Rlm.Mcp.Commands.Installing;

/// <summary>Installs the program that outlines other languages than C#: fetched from npm, compared with the pinned checksums, kept in the user's data folder. Nothing of it is run.</summary>
internal static class ProviderInstall
{
    /// <summary>Installs it unless it is there; gives a sentence about what was done.</summary>
    /// <exception cref="InstallException">It cannot be installed.</exception>
    public static string Run(OperatorSettings settings, Shell shell)
    {
        var package = AstGrepRelease.ForThisMachine() ?? throw new InstallException("there is no ast-grep for this system");
        var folder = settings.ProviderFolder ?? throw new InstallException("no home folder is known to keep it in");
        var file = Path.Combine(folder, package.Place);
        if (AstGrepProgram.Find(folder) is { } present && present.IsGenuine()) return $"ast-grep {AstGrepRelease.Version} is installed: {file}";
        if (settings.Offline) throw new InstallException("--offline forbids to fetch it");
        var registry = NpmRegistry.For(package.Name, shell.Variable, new UserFolders(shell.Variable).Home);
        var program = PackageArchive.Program(PackageDownload.Get(registry.Archive(package.Name, AstGrepRelease.Version), shell.Stop), package);
        Put(file, program);
        return $"ast-grep {AstGrepRelease.Version} is now installed: {file} (from {registry.Address.Host}, chosen by {registry.Source}; checksums as pinned). Servers that run use it from their next start.";
    }

    // Beside its place and then moved there, so that nobody ever sees half of it.
    private static void Put(string file, byte[] program)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            var fresh = Path.Combine(folder.FullName, $".new-{Guid.NewGuid():n}");
            File.WriteAllBytes(fresh, program);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.Move(fresh, file, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InstallException($"{file} cannot be written: {refused.Message.TrimEnd('.')}");
        }
    }
}
