using System.Threading.Channels;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>One SIM in the simulated network: what waits for it, and how it stands.</summary>
public sealed class Line
{
    private readonly Channel<CarrierEvent> waiting = Channel.CreateUnbounded<CarrierEvent>();
    private int reference;
    private int parts;

    internal Line(SimulatedSim sim, int firstReference) => (Sim, reference) = (sim, firstReference);

    public SimulatedSim Sim { get; }

    public LineState State { get; private set; }

    /// <summary>Parts the network took from this SIM.</summary>
    public int Parts => parts;

    /// <summary>Reports, texts and changes in order, for one reader; the network keeps them until they are read.</summary>
    public ChannelReader<CarrierEvent> Events => waiting.Reader;

    internal int NextReference()
    {
        Interlocked.Increment(ref parts);
        return Interlocked.Increment(ref reference) & 0xff;
    }

    internal void Tell(CarrierEvent happened) => waiting.Writer.TryWrite(happened);

    internal void Become(LineState state)
    {
        State = state;
        Tell(new LineChanged(Sim.Sim, state));
    }
}
