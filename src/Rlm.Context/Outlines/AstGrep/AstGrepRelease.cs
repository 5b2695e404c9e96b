using System.Runtime.InteropServices;

namespace Rlm.Context.Outlines.AstGrep;

/// <summary>The one release of ast-grep that is fetched and run. To move to another: take version and integrity from npm, size and checksum from the unpacked program, and run the outline tests.</summary>
public static class AstGrepRelease
{
    /// <summary>Its version.</summary>
    public const string Version = "0.51.1";

    /// <summary>All its packages.</summary>
    public static IReadOnlyList<AstGrepPackage> Packages { get; } =
    [
        new("linux-x64-gnu", "FlaaRLyopXet+zFrWOdlTbyJb+QqZzgV9jxIbgz0FoVsJSaJ6jsenO/6bgYJk4zPOCUODuvoQ1/XFlB4r6BdcQ==", 55722000, "c4c1970bf0da5a4a81b37b682b7feb1f00d623e23ec40bbf1546fe9bf65c7306"),
        new("linux-arm64-gnu", "ix/97iBUPGvf9KrhKRcooSJLmwBgAo7GhKHm7VH30kpxOMUrNLqiTXJj2eZVLiO2xQdUFnbwhVn+A7blSlYLJQ==", 54860056, "bf31aeda9584b14dedff1e3c9a501fed449b48635da2f40f676851a3b3e9982f"),
        new("darwin-x64", "i8wJd4amxXCvEgZDcU8QDnVE92oqJyDFPyTjaT1PVtBQ0Vb7Y55iTu1dwBwXVi0inFM2OJ4Ze57yCz1uNuXTbg==", 54475800, "70e2e16c2ffd0ecf6d27c2e3a85e001748dc1155dd351c927812e6158e4e1bcf"),
        new("darwin-arm64", "C279HR4eytYkHrmqudMi+eUG3ZvuAqWc0zp9i5aPugFF389AE6N6SbiSFdKeVZXMaUVpwRbmBQbBTr5cA0Tugw==", 53955184, "094391a222233faed3be5170b4abf7098162cc3322ce7dd6b83a1e113a6ce550"),
        new("win32-x64-msvc", "98fN1gUWJ6AMcwfFdUAQV+4haq5HAzDZWyu3W5zCZXkhhvcT3GLY9oRcACrr7yefIQohHpj5GG0rUZNlwukrMQ==", 54971392, "910dbbfcf09ed7873296a66fce5934f0069cf55726eff947f92649194ce833df"),
        new("win32-arm64-msvc", "WRgt7DX/APxJ6KwGopM0jiC1SN4okxXh2kXY5/YliNy0oPc7ayE5FdG7Dqz40iyOE3EpQN6SZVRquvkpJEagnQ==", 53021696, "da2d5c5b00a31d27f8a0031151fcb6464f119ce7065c7ddc9b17a6b3fd6b93c6"),
        new("win32-ia32-msvc", "Nclj/nsZmiT1bg1jfVL9sqpv0dzcZv6lZu1uk/UrjtvXw832yewmJucvmpAOd0fcb6l57SQ69Jqvt9MNzKwFSQ==", 51849216, "a37ef9d102df76a27d682f95970a823ad6a634dad3cf39f6822fb3c5e8808c21"),
    ];

    /// <summary>The package for this machine; null when there is none (musl, other processors).</summary>
    public static AstGrepPackage? ForThisMachine() => PlatformOf(RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture) is { } platform ? Packages.FirstOrDefault(package => package.Platform == platform) : null;

    private static string? PlatformOf(string runtime, Architecture architecture)
    {
        var processor = architecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", Architecture.X86 => "ia32", _ => null };
        if (processor is null || runtime.Contains("musl", StringComparison.Ordinal)) return null;
        return OperatingSystem.IsLinux() ? $"linux-{processor}-gnu" : OperatingSystem.IsMacOS() ? $"darwin-{processor}" : OperatingSystem.IsWindows() ? $"win32-{processor}-msvc" : null;
    }
}
