return MoViNetNAS.Notebooks.NotebookCommand.Run(args, Console.Out, Console.Error);
