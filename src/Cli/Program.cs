using Gateway.Cli;
using Gateway.Cli.Running;

using var here = Surroundings.OfProcess();
return await Contents.Run(args, here);
