using MoViNetNAS.Notebooks;

// A notebook that took too long may still be computing.
ProcessEnd.With(NotebookCommand.Run(args, Console.Out, Console.Error));
