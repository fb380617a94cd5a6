return KerasPort.Console.CommandLine.Run(args);
