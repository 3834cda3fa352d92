return MoViNetNAS.Cli.CommandLine.Run(args, Console.Out, Console.Error);
