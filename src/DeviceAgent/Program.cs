using System.CommandLine;
using Gateway.DeviceAgent.Modem.Simulator.AtFace;

return await new RootCommand("Device agent.") { ModemSimCommand.Create() }
    .Parse(args)
    .InvokeAsync();
