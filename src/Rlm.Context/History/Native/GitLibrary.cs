using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Rlm.Context.History.Native;

/// <summary>
/// Finds libgit2 for LibGit2Sharp, once in the life of a process: one beside the program first, then the system's, only of versions that were tried, since the layouts
/// of structures change between them, and only after <see cref="SelfTest"/>. Where there is none the program runs, and history says what to install.
/// Configuration of the system and the user is never read. The <c>git</c> program is not used: started in a hostile work tree it runs what that configures.
/// </summary>
public static class GitLibrary
{
    /// <summary>What LibGit2Sharp 0.29.0 calls its library.</summary>
    private const string PackagedName = "git2-a2bde63";

    private static readonly (int Major, int Minor)[] Tried = [(1, 5), (1, 7)];

    private static readonly Lazy<GitLibraryState> Found = new(Find);

    private static Func<string, bool>? _selfTest;
    private static nint _handle;

    /// <summary>Tries a library in a child process, so that one that does not fit ends that process and not this one. Null: taken untried, as in a test.</summary>
    public static Func<string, bool>? SelfTest
    {
        get => _selfTest;
        set => _selfTest = value;
    }

    /// <summary>Which library there is; the first call looks for it (a third of a second with the self-test).</summary>
    public static GitLibraryState State => Found.Value;

    /// <summary>Takes exactly this library in this process, without a self-test: for the child that makes the test.</summary>
    internal static GitLibraryState Take(string path)
    {
        _selfTest = null;
        return Load(path) ?? new(null, null, "it cannot be loaded");
    }

    private static GitLibraryState Find()
    {
        GitLibraryState? refused = null;
        foreach (var name in Candidates())
        {
            if (Load(name) is not { } state) continue;
            if (state.IsUsable && (_selfTest is null || _selfTest(state.Path!))) return state;
            refused = state.IsUsable ? state with { Missing = $"libgit2 {state.Version} at {state.Path} did not pass the self-test" } : state;
            Forget();
        }
        return refused ?? new(null, null, "no libgit2 was found");
    }

    private static IEnumerable<string> Candidates()
    {
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll") : ("lib", OperatingSystem.IsMacOS() ? ".dylib" : ".so");
        var file = prefix + PackagedName + suffix;
        yield return Path.Combine(AppContext.BaseDirectory, file);
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", file);
        var system = OperatingSystem.IsMacOS() ? "libgit2.1.5.dylib" : "libgit2.so.1.5";
        if (OperatingSystem.IsWindows()) yield break;
        yield return Path.Combine(AppContext.BaseDirectory, system);
        yield return system;
    }

    // Null when there is none of that name.
    private static GitLibraryState? Load(string name)
    {
        if (!NativeLibrary.TryLoad(name, out var handle)) return null;
        if (!NativeLibrary.TryGetExport(handle, "git_libgit2_version", out var version))
        {
            NativeLibrary.Free(handle);
            return null;
        }
        var (major, minor, revision) = VersionOf(version);
        var state = new GitLibraryState(NativeImage.PathOf(version) ?? name, $"{major}.{minor}.{revision}", null);
        if (!Tried.Contains((major, minor)))
        {
            NativeLibrary.Free(handle);
            return state with { Missing = $"libgit2 {state.Version} at {state.Path} is of a version that was not tried" };
        }
        _handle = handle;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
        return state;
    }

    private static void Forget()
    {
        AssemblyLoadContext.Default.ResolvingUnmanagedDll -= Resolve;
        NativeLibrary.Free(_handle);
    }

    private static nint Resolve(System.Reflection.Assembly assembly, string name) => name == PackagedName ? _handle : 0;

    private static unsafe (int Major, int Minor, int Revision) VersionOf(nint function)
    {
        int major, minor, revision;
        _ = ((delegate* unmanaged<int*, int*, int*, int>)function)(&major, &minor, &revision);
        return (major, minor, revision);
    }
}
