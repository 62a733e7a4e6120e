using Actors.Gateway.Hosting;

return await GatewayProcess.RunAsync(args, services => EmbeddedNode.Opener(services));
