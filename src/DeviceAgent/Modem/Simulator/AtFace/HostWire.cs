using System.Text;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>The cable between a simulated modem and the program that drives it, while there is one.</summary>
internal sealed class HostWire : IDisposable
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private Stream? host;
    private Action? cut;

    /// <summary>A program is there.</summary>
    /// <param name="hangUp">Takes the cable off.</param>
    public void Take(Stream stream, Action hangUp) => (host, cut) = (stream, hangUp);

    /// <summary>It is gone.</summary>
    public void Drop() => (host, cut) = (null, null);

    /// <summary>Takes the cable off, if there is one.</summary>
    public void Cut() => cut?.Invoke();

    /// <summary>Says something to nobody when no program is there.</summary>
    public async Task Write(string text)
    {
        await writing.WaitAsync();
        var there = host;
        try
        {
            if (there is not null)
            {
                await there.WriteAsync(Encoding.Latin1.GetBytes(text));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It is gone; the next program may have come meanwhile.
            Interlocked.CompareExchange(ref host, null, there);
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();
}
