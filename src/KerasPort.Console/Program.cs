return KerasPort.Console.StandardOutput.While(() => KerasPort.Console.CommandLine.Run(args));
