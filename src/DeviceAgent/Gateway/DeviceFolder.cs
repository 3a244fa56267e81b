using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Gateway;

/// <summary>A device's folder: <c>lock</c>, <c>identity</c> (its key), <c>epoch</c> (where it belongs), the journal's segments.</summary>
public sealed class DeviceFolder : IDisposable
{
    private readonly FileStream hold;

    private DeviceFolder(string path, FileStream hold) => (Path, this.hold) = (path, hold);

    public string Path { get; }

    /// <summary>Takes the folder for this process; it is made when it isn't there.</summary>
    /// <exception cref="AgentException">Another process has it.</exception>
    public static DeviceFolder Take(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            var hold = new FileStream(
                System.IO.Path.Combine(path, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
            return new(path, hold);
        }
        catch (IOException taken)
        {
            throw new AgentException(AgentExit.Busy, $"The folder {path} is in use by another agent.", taken);
        }
    }

    /// <summary>The device's key; made on the first call, readable by its owner only.</summary>
    public ECDsa Key()
    {
        var path = System.IO.Path.Combine(Path, "identity");
        if (File.Exists(path))
        {
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(path));
            return key;
        }
        var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(fresh.ExportPkcs8PrivateKeyPem()));
        file.Flush(flushToDisk: true);
        return fresh;
    }

    /// <summary>Where the device belongs; null before it is paired.</summary>
    public Membership? Membership() =>
        File.Exists(EpochPath)
            ? JsonSerializer.Deserialize(File.ReadAllText(EpochPath), FolderJson.Default.Membership)
            : null;

    /// <summary>Keeps the answer of a pairing. An older journal belongs to an older epoch and is set aside.</summary>
    public void Join(Membership membership)
    {
        if (Membership() is { } old && (old.Device != membership.Device || old.Epoch != membership.Epoch))
        {
            foreach (var segment in Directory.GetFiles(Path, "seg-*.log"))
            {
                File.Move(segment, $"{segment}.epoch-{old.Epoch}", overwrite: true);
            }
        }
        var draft = EpochPath + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(membership, FolderJson.Default.Membership));
        File.Move(draft, EpochPath, overwrite: true);
    }

    public void Dispose() => hold.Dispose();

    private string EpochPath => System.IO.Path.Combine(Path, "epoch");
}

/// <summary>A device's place in a gateway.</summary>
/// <param name="Server">The gateway's address, <c>http://</c> or <c>https://</c>.</param>
/// <param name="Radios">The radios it was paired with, as URIs.</param>
public sealed record Membership(
    string Server,
    Guid Device,
    int Epoch,
    string Tenant,
    IReadOnlyList<string> Radios
)
{
    /// <summary>What a pairing's answer says.</summary>
    public static Membership Of(Uri server, PairAnswer answer, IReadOnlyList<string> radios) =>
        new(server.GetLeftPart(UriPartial.Authority), answer.Device, answer.Epoch, answer.Tenant, radios);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Membership))]
internal sealed partial class FolderJson : JsonSerializerContext;
