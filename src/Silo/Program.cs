using Actors.Silo.Hosting;

return await SiloProcess.RunAsync(args);
