namespace Rlm.Recursion.Programs.CPython;

/// <summary>Where the system's own Python and bubblewrap are. The PATH is not asked: whoever sets it would choose what runs.</summary>
internal static class PythonFiles
{
    private const string Bubblewrap = "/usr/bin/bwrap", Link = "/usr/bin/python3";

    /// <summary>Bubblewrap's path; null where it is not installed.</summary>
    public static string? Sandbox => File.Exists(Bubblewrap) ? Bubblewrap : null;

    /// <summary>The path of docker or podman; null where it is in neither of the usual folders.</summary>
    public static string? Container(string program) => ((string[])["/usr/bin", "/usr/local/bin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>The file behind <c>/usr/bin/python3</c>; null where there is none, or it lies outside <c>/usr</c>.</summary>
    public static string? Interpreter
    {
        get
        {
            if (!File.Exists(Link)) return null;
            var target = File.ResolveLinkTarget(Link, returnFinalTarget: true)?.FullName ?? Link;
            return target.StartsWith("/usr/", StringComparison.Ordinal) && File.Exists(target) ? target : null;
        }
    }

    /// <summary>Folders of installed packages for an interpreter such as <c>/usr/bin/python3.11</c>.</summary>
    public static IReadOnlyList<string> Packages(string interpreter)
    {
        var name = Path.GetFileName(interpreter);
        string[] candidates = [$"/usr/local/lib/{name}/dist-packages", $"/usr/lib/{name}/site-packages", $"/usr/lib64/{name}/site-packages", "/usr/lib/python3/dist-packages"];
        return [.. candidates.Where(Directory.Exists)];
    }

    /// <summary>Folders and links at the root that programs need besides <c>/usr</c>, in bubblewrap's words.</summary>
    public static IReadOnlyList<string> Libraries()
    {
        var arguments = new List<string>();
        foreach (var folder in (string[])["/usr/lib", "/usr/lib64", "/usr/lib32"])
            if (Directory.Exists(folder)) arguments.AddRange(["--ro-bind", folder, folder]);
        foreach (var folder in (string[])["/lib", "/lib64", "/lib32"])
            if (new DirectoryInfo(folder).LinkTarget is { } target) arguments.AddRange(["--symlink", target, folder]);
            else if (Directory.Exists(folder)) arguments.AddRange(["--ro-bind", folder, folder]);
        // Debian's numerical libraries are links that lead through here.
        if (Directory.Exists("/etc/alternatives")) arguments.AddRange(["--ro-bind", "/etc/alternatives", "/etc/alternatives"]);
        return arguments;
    }
}
